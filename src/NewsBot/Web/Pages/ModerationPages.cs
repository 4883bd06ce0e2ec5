using NewsBot.Web.Views;

namespace NewsBot.Web.Pages;

/// <summary>The page that says what moderators did, where a community publishes that.</summary>
internal sealed class ModerationPages(PageFrame frame)
{
    public async Task<IResult> ShowAsync(HttpContext context)
    {
        var viewer = await frame.ViewerAsync(context);
        if (await frame.Reader.ModerationAsync(viewer, context.RequestAborted) is not { } acts)
        {
            return await frame.ErrorAsync(
                context,
                StatusCodes.Status404NotFound,
                "There is no such page",
                "What moderators do is not published here."
            );
        }

        var (site, _) = await frame.Reader.SiteAsync(context.RequestAborted);
        var view = new ModerationView(site, frame.Now, acts);
        return await frame.PageAsync(
            context,
            "What moderators did",
            () => new Web_Pages_Moderation { Model = view },
            layout => layout with { IsWide = true, IsUnlisted = true }
        );
    }
}
