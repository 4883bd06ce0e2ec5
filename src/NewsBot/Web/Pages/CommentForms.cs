using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using NewsBot.Chat.Web;
using NewsBot.Core.Channels;
using NewsBot.Core.Communities;
using NewsBot.Web.SignIn;
using NewsBot.Web.Views;

namespace NewsBot.Web.Pages;

/// <summary>Comments written on a story's page; every form works without a script.</summary>
internal sealed class CommentForms(
    PageFrame frame,
    PageComments comments,
    SignInPlatforms platforms,
    WebListener chat,
    IAntiforgery antiforgery
)
{
    // What a browser may send at once; long comments are refused with a sentence.
    private const long MaxFormBytes = 1_000_000;

    private const int KeyChars = 32;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes
            .MapGroup("/stories/{key}/comments")
            .WithMetadata(new RequestSizeLimitAttribute(MaxFormBytes));
        group.MapPost(
            "",
            (CommentForms forms, StoryPages pages, HttpContext context, string key) =>
                forms.WriteAsync(context, key, pages)
        );
        group.MapPost(
            "/{number:int}/edit",
            (CommentForms forms, StoryPages pages, HttpContext context, string key, int number) =>
                forms.EditAsync(context, key, number, pages)
        );
        group.MapPost(
            "/{number:int}/delete",
            (CommentForms forms, StoryPages pages, HttpContext context, string key, int number) =>
                forms.DeleteAsync(context, key, number, pages)
        );
    }

    /// <summary>The form as whoever looks may use it.</summary>
    /// <param name="context">Their request.</param>
    /// <param name="story">Which story.</param>
    /// <param name="intent">What they are about to do.</param>
    /// <returns>Null where there is nothing to be said of writing here.</returns>
    public async Task<CommentFormView?> ViewAsync(HttpContext context, StoryView story, CommentIntent intent)
    {
        var view = new CommentFormView
        {
            Story = story.Id,
            Path = story.Path,
            As = null,
            Intent = intent,
        };
        if (story.IsLocked || story.MergedInto is not null)
        {
            return intent.Problem is null ? null : view with { Closed = intent.Problem };
        }

        if (await frame.SignedInAsync(context) is { } who && who.In(story.Community) is not null)
        {
            var place = await comments.PlaceAsync(who, story.Id, context.RequestAborted);
            var own = who.Accounts.Select(account => account.Member.Id.Value).ToHashSet();
            return place is null
                ? view with
                {
                    Own = own,
                    Closed = "No published channel of yours carries this story, so it cannot be answered here.",
                }
                : WithForm(context, view, $"As {place.Account.Member.Name}, in #{place.ChannelName} as well.") with
                {
                    Own = own,
                };
        }

        if (await BuiltInAsync(context, story.Id) is { } built)
        {
            return WithForm(context, view, $"As {built.Author.Name}, in #{built.ChannelName} as well.");
        }

        return platforms.IsOn && await frame.SignedInAsync(context) is null
            ? view with
            {
                SignIn = SignInPages.PathFrom($"{story.Path}#write"),
            }
            : null;
    }

    /// <summary>What the address of the page asks the form to be opened for.</summary>
    public async Task<CommentIntent> IntentAsync(HttpContext context, long story)
    {
        var query = context.Request.Query;
        var (edit, delete) = (Number(query["edit"]), Number(query["delete"]));
        if ((edit ?? delete) is { } number && await frame.SignedInAsync(context) is { } who)
        {
            var text = await comments.OwnTextAsync(who, story, number, context.RequestAborted);
            return text is null
                ? new CommentIntent()
                : new CommentIntent
                {
                    Edit = edit,
                    Delete = edit is null ? delete : null,
                    Text = text,
                };
        }

        return new CommentIntent { Reply = Number(query["reply"]) ?? 0 };
    }

    private async Task<IResult> WriteAsync(HttpContext context, string key, StoryPages pages)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return await frame.ExpiredAsync(context);
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var intent = new CommentIntent { Reply = Number(form["parent"]) ?? 0, Text = Text(form) };
        if (await StoryAsync(context, key) is not { } story)
        {
            return await frame.NoStoryAsync(context);
        }

        var sending = form["key"].ToString();
        if (sending.Length != KeyChars || !sending.All(char.IsAsciiHexDigitLower))
        {
            return await frame.ExpiredAsync(context);
        }

        var draft = new PageDraft(story.Id, intent.Reply, intent.Text, sending);
        var outcome = await frame.SignedInAsync(context) is { } who
            ? await comments.WriteAsync(who, draft, context.RequestAborted)
            : await WriteInChatAsync(context, draft);
        return await AnswerAsync(context, key, story, outcome, intent, pages);
    }

    private async Task<IResult> EditAsync(HttpContext context, string key, int number, StoryPages pages)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return await frame.ExpiredAsync(context);
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (await StoryAsync(context, key) is not { } story)
        {
            return await frame.NoStoryAsync(context);
        }

        var intent = new CommentIntent { Edit = number, Text = Text(form) };
        var outcome = await frame.SignedInAsync(context) is { } who
            ? await comments.EditAsync(who, story.Id, number, intent.Text, context.RequestAborted)
            : Stranger;
        return await AnswerAsync(context, key, story, outcome, intent, pages);
    }

    private async Task<IResult> DeleteAsync(HttpContext context, string key, int number, StoryPages pages)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return await frame.ExpiredAsync(context);
        }

        if (await StoryAsync(context, key) is not { } story)
        {
            return await frame.NoStoryAsync(context);
        }

        var outcome = await frame.SignedInAsync(context) is { } who
            ? await comments.DeleteAsync(who, story.Id, number, context.RequestAborted)
            : Stranger;
        return await AnswerAsync(context, key, story, outcome, new CommentIntent(), pages);
    }

    private static PageWriteOutcome.Refused Stranger { get; } =
        new(StatusCodes.Status403Forbidden, "Sign in first. Your text was not posted.");

    // Where a story was joined with another meanwhile, the text is kept for the page where the discussion goes on.
    private static async Task<IResult> AnswerAsync(
        HttpContext context,
        string key,
        StoryView story,
        PageWriteOutcome outcome,
        CommentIntent intent,
        StoryPages pages
    ) =>
        outcome switch
        {
            PageWriteOutcome.Done done => PageFrame.SeeOther(context, Paths.Comment(story.Id, done.Number)),
            PageWriteOutcome.Refused refused when story.MergedInto is { } survivor => await pages.StoryAsync(
                context,
                survivor.Id.ToString(CultureInfo.InvariantCulture),
                new CommentIntent { Text = intent.Text, Problem = refused.Detail },
                refused.Status
            ),
            PageWriteOutcome.Refused refused => await pages.StoryAsync(
                context,
                key,
                intent with
                {
                    Problem = refused.Detail,
                },
                refused.Status
            ),
            _ => throw new InvalidOperationException($"Nothing is known of the outcome {outcome}."),
        };

    // Whoever has a name in the built-in chat answers the story's card there.
    private async Task<PageWriteOutcome> WriteInChatAsync(HttpContext context, PageDraft draft)
    {
        if (await BuiltInAsync(context, draft.Story) is not { } built)
        {
            return Stranger;
        }

        var prefix = draft.Parent > 0 ? string.Create(CultureInfo.InvariantCulture, $"#{draft.Parent} ") : "";
        return await chat.PostAsync(
            built.Channel,
            built.Author,
            prefix + draft.Text,
            built.Card,
            draft.Key,
            context.RequestAborted
        ) switch
        {
            WebWriteOutcome.Done { Message.Number: { } number } => new PageWriteOutcome.Done(number),
            WebWriteOutcome.Done => new PageWriteOutcome.Refused(
                StatusCodes.Status409Conflict,
                "It was said in the chat, but did not become a comment: you have opted out of that."
            ),
            WebWriteOutcome.Private told => new PageWriteOutcome.Refused(
                StatusCodes.Status422UnprocessableEntity,
                $"A command is said in the chat, not here. {told.Markdown}"
            ),
            WebWriteOutcome.Refused refused => new PageWriteOutcome.Refused(refused.Status, refused.Detail),
            var other => throw new InvalidOperationException($"Nothing is known of the outcome {other}."),
        };
    }

    private async Task<BuiltInPlace?> BuiltInAsync(HttpContext context, long story) =>
        frame.HasChat
        && await frame.MemberAsync(context) is { } member
        && await frame.Reader.CardInChatAsync(story, context.RequestAborted) is { } card
            ? new BuiltInPlace(member, new ChannelId(card.Channel), card.Name, card.Message)
            : null;

    private async Task<StoryView?> StoryAsync(HttpContext context, string key) =>
        StoryPages.Id(key) is { } id
            ? await frame.Reader.StoryAsync(id, await frame.ViewerAsync(context), context.RequestAborted)
            : null;

    private CommentFormView WithForm(HttpContext context, CommentFormView view, string name)
    {
        var tokens = antiforgery.GetAndStoreTokens(context);
        return view with
        {
            As = name,
            Key = Guid.CreateVersion7(frame.Now).ToString("N"),
            TokenField = tokens.FormFieldName,
            Token = tokens.RequestToken ?? "",
        };
    }

    // Browsers send line ends as CR LF whatever was typed.
    private static string Text(IFormCollection form) => form["text"].ToString().ReplaceLineEndings("\n");

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <param name="Author">Who writes.</param>
    /// <param name="Channel">The built-in channel.</param>
    /// <param name="ChannelName">Its name.</param>
    /// <param name="Card">The message of the story's card there.</param>
    private sealed record BuiltInPlace(Member Author, ChannelId Channel, string ChannelName, long Card);
}
