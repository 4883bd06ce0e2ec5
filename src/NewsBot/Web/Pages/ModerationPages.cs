using Microsoft.AspNetCore.Antiforgery;
using NewsBot.Core.Commands;
using NewsBot.Core.Text;
using NewsBot.Storage;
using NewsBot.Web.SignIn;
using NewsBot.Web.Views;

namespace NewsBot.Web.Pages;

/// <summary>
/// The page that says what moderators did, where a community publishes that, and on which moderators decide about what
/// was held back, as by the buttons in their channel.
/// </summary>
internal sealed class ModerationPages(
    PageFrame frame,
    SettingsDoors doors,
    Database database,
    SettingsRun run,
    IAntiforgery antiforgery
)
{
    /// <summary>The largest form: a number, a word and a proof.</summary>
    public const long MaxFormBytes = 10_000;

    // As many as anybody decides in one go; the next ones follow.
    private const int MostWaiting = 50;

    private static readonly CommandSpec Review = Catalogue.Find("review")!;

    public async Task<IResult> ShowAsync(HttpContext context) =>
        await PageAsync(context, await doors.FindAsync(context, SettingsDoors.ForLooking), null);

    /// <summary>Decides about one reply.</summary>
    public async Task<IResult> DecideAsync(HttpContext context)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return await frame.ExpiredAsync(context);
        }

        if (await doors.FindAsync(context, SettingsDoors.ForChanging) is not { } door)
        {
            return await frame.ErrorAsync(
                context,
                StatusCodes.Status403Forbidden,
                "This is for moderators",
                "You are not signed in, or no longer a moderator of this newsroom. Nothing was changed.",
                frame.CanSignIn ? KeyValuePair.Create(SignInPages.PathFrom(Paths.Moderation), "Sign in") : null
            );
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return await PageAsync(context, door, await run.RunAsync(Review, door.Asker, form, context.RequestAborted));
    }

    private async Task<IResult> PageAsync(HttpContext context, SettingsDoor? door, CommandReply? reply)
    {
        var viewer = await frame.ViewerAsync(context);
        var acts = await frame.Reader.ModerationAsync(viewer, context.RequestAborted);
        if (acts is null && door is null)
        {
            return await frame.ErrorAsync(
                context,
                StatusCodes.Status404NotFound,
                "There is no such page",
                "What moderators do is not published here."
            );
        }

        var (site, _) = await frame.Reader.SiteAsync(context.RequestAborted);
        var view = new ModerationView(site, frame.Now, acts)
        {
            Queue = door is null ? null : await QueueAsync(context, door, reply),
        };
        return await frame.PageAsync(
            context,
            "What moderators did",
            () => new Web_Pages_Moderation { Model = view },
            layout => layout with { IsWide = true, IsUnlisted = true },
            reply?.Ending is CommandEnding.Refused or CommandEnding.WrongUsage
                ? StatusCodes.Status422UnprocessableEntity
                : StatusCodes.Status200OK
        );
    }

    private async Task<ModerationQueue> QueueAsync(HttpContext context, SettingsDoor door, CommandReply? reply)
    {
        var waiting = await database.ReadAsync(
            connection => HeldReplies.WaitingAsync(connection, door.Asker.Community.Value, MostWaiting),
            context.RequestAborted
        );
        var tokens = antiforgery.GetAndStoreTokens(context);
        return new ModerationQueue(
            [
                .. waiting.Select(held => new WaitingReply(
                    held.Name,
                    MarkdownHtml.Render(held.Question().Markdown),
                    [.. HeldReply.Decisions.Select(decision => KeyValuePair.Create(decision.Word, decision.Label))]
                )),
            ],
            Paths.Moderation + door.Query,
            tokens.FormFieldName,
            tokens.RequestToken ?? ""
        )
        {
            Answer = reply is null ? null : MarkdownHtml.Render(reply.Markdown),
            IsRefused = reply?.Ending is CommandEnding.Refused or CommandEnding.WrongUsage,
        };
    }
}
