using NewsBot.Core.Communities;
using NewsBot.Storage;
using NewsBot.Web.Views;

namespace NewsBot.Web.Pages;

/// <summary>The page of a source.</summary>
internal sealed class SourcePages(PageFrame frame)
{
    public async Task<IResult> ShowAsync(HttpContext context, long id)
    {
        var member = await frame.MemberAsync(context);
        var signedIn = (await frame.SignedInAsync(context))?.In(PageReader.HomeCommunity);
        var isAdmin = frame.IsAdmin(member) || signedIn?.Role == Role.Admin;
        // Whoever adds and removes sources sees all of them.
        var viewer = isAdmin ? new Viewer(true) : await frame.ViewerAsync(context);
        if (await frame.Reader.SourceAsync(id, viewer, isAdmin, frame.Now, context.RequestAborted) is not { } view)
        {
            return await frame.ErrorAsync(
                context,
                StatusCodes.Status404NotFound,
                "There is no such source",
                "It was removed, or nothing of it is shown to you."
            );
        }

        return await frame.PageAsync(
            context,
            view.Name,
            () => new Web_Pages_Source { Model = view },
            layout => layout with { Section = SiteSection.Status, IsWide = true, IsUnlisted = true }
        );
    }
}
