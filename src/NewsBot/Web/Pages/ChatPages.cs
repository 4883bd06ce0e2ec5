using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Options;
using NewsBot.Chat.Web;
using NewsBot.Core.Channels;
using NewsBot.Core.Communities;
using NewsBot.Core.Text;
using NewsBot.Web.Views;

namespace NewsBot.Web.Pages;

/// <summary>The built-in chat as pages and forms; every one works without a script.</summary>
internal sealed class ChatPages(
    PageFrame frame,
    WebListener chat,
    WebAuthors authors,
    IAntiforgery antiforgery,
    IOptions<WebChatOptions> options
)
{
    // What a browser may send at once; the chat itself refuses long messages with a sentence.
    public const long MaxFormBytes = 1_000_000;

    private const string NoName = "Pick a name first: the field for it stands below the messages.";

    /// <summary>Leads to the first channel.</summary>
    public async Task<IResult> FirstAsync(HttpContext context)
    {
        var channels = await frame.Reader.ChannelsAsync(new Viewer(true), context.RequestAborted);
        return channels.FirstOrDefault(channel => channel.IsBuiltIn) is { } first
            ? Results.Redirect(Paths.Chat(first.Name))
            : await NoChannelAsync(context);
    }

    public async Task<IResult> ShowAsync(HttpContext context, string channel)
    {
        var query = context.Request.Query;
        var member = await frame.MemberAsync(context);
        var intent = new ChatIntent { Edit = Number(query["edit"]), Delete = Number(query["delete"]) };
        var ask = Ask(context, channel, member, Number(query["story"]), intent) with
        {
            Before = Number(query["before"]),
            Reply = Number(query["reply"]),
            Answer = (int?)Number(query["answer"]),
        };
        return await PageAsync(context, ask, member, query["fragment"], StatusCodes.Status200OK);
    }

    public async Task<IResult> ClaimAsync(HttpContext context)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return await frame.ExpiredAsync(context);
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (name, channel, story) = (form["name"].ToString(), form["channel"].ToString(), Number(form["story"]));
        var outcome = await authors.ClaimAsync(context, name, form["join"], context.RequestAborted);
        if (outcome is not AuthorOutcome.Refused refused)
        {
            return PageFrame.SeeOther(context, Back(channel, story, null));
        }

        var ask = Ask(context, channel, null, story, new ChatIntent { Text = name, Problem = refused.Detail });
        return await PageAsync(context, ask, null, null, refused.Status);
    }

    public async Task<IResult> PostAsync(HttpContext context, string channel)
    {
        return await WriteAsync(
            context,
            channel,
            (id, author, form) =>
                chat.PostAsync(
                    id,
                    author,
                    form["prefix"] + Text(form),
                    Number(form["replyTo"]),
                    form["key"].ToString() is { Length: > 0 } key ? key : null,
                    context.RequestAborted
                ),
            form => new ChatIntent { Text = Text(form), IsInThread = Number(form["story"]) is not null }
        );
    }

    public async Task<IResult> EditAsync(HttpContext context, string channel, long id)
    {
        return await WriteAsync(
            context,
            channel,
            (room, author, form) => chat.EditAsync(room, id, author, Text(form), context.RequestAborted),
            form => new ChatIntent { Edit = id, Text = Text(form) }
        );
    }

    public async Task<IResult> DeleteAsync(HttpContext context, string channel, long id)
    {
        return await WriteAsync(
            context,
            channel,
            (room, author, _) => chat.DeleteAsync(room, id, author, context.RequestAborted),
            _ => ChatIntent.None
        );
    }

    public async Task<IResult> DismissAsync(HttpContext context, string channel, long id)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return await frame.ExpiredAsync(context);
        }

        if (await frame.MemberAsync(context) is { } member)
        {
            await frame.Reader.DismissAsync(id, member.Id.Value, frame.Now, context.RequestAborted);
        }

        return PageFrame.SeeOther(context, Paths.Chat(channel));
    }

    private async Task<IResult> WriteAsync(
        HttpContext context,
        string channel,
        Func<ChannelId, Member, IFormCollection, Task<WebWriteOutcome>> write,
        Func<IFormCollection, ChatIntent> again
    )
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return await frame.ExpiredAsync(context);
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (await frame.Reader.RoomAsync(channel, context.RequestAborted) is not { } room)
        {
            return await NoChannelAsync(context);
        }

        var member = await frame.MemberAsync(context);
        var outcome = member is null
            ? new WebWriteOutcome.Refused(StatusCodes.Status403Forbidden, NoName)
            : await write(room, member, form);
        var story = Number(form["story"]);
        var isScript = form.ContainsKey("fragment");
        switch (outcome)
        {
            case WebWriteOutcome.Done done:
                return isScript ? Results.NoContent() : PageFrame.SeeOther(context, Back(channel, story, done.Message));
            case WebWriteOutcome.Private answer:
                var shown = new ChatIntent
                {
                    Answer = MarkdownHtml.Render(answer.Beside ?? answer.Markdown),
                    Posts = answer.Posts,
                    Suggestions = answer.Suggestions,
                };
                var told = Ask(context, channel, member, story, shown);
                return await PageAsync(context, told, member, isScript ? "answer" : null, StatusCodes.Status200OK);
            case WebWriteOutcome.Refused refused when isScript:
                PageHeaders.Apply(context.Response);
                return Results.Text(refused.Detail, "text/plain; charset=utf-8", statusCode: refused.Status);
            case WebWriteOutcome.Refused refused:
                var intent = again(form) with { Problem = refused.Detail };
                return await PageAsync(
                    context,
                    Ask(context, channel, member, story, intent),
                    member,
                    null,
                    refused.Status
                );
            default:
                throw new InvalidOperationException($"Nothing is known of the outcome {outcome}.");
        }
    }

    private async Task<IResult> PageAsync(
        HttpContext context,
        ChatAsk ask,
        Member? member,
        string? fragment,
        int status
    )
    {
        var viewer = frame.ViewerOf(member);
        var view = await frame.Reader.ChatAsync(ask, viewer, frame.Now, context.RequestAborted);
        return (view, fragment) switch
        {
            (null, _) => await NoChannelAsync(context),
            (_, "stream") => new FragmentResult(() => new Web_Pages_Stream { Model = view }),
            (_, "answer") => new FragmentResult(() =>
                new Web_Pages_Answer { Model = AnswerView.Of(view, view.Intent.Answer ?? "") }
            ),
            (_, "thread") => new FragmentResult(() => new Web_Pages_Thread { Model = view }),
            _ => await frame.PageAsync(
                context,
                $"#{view.Channel.Name}",
                () => new Web_Pages_Chat { Model = view },
                layout =>
                    layout with
                    {
                        Section = SiteSection.Chat,
                        HasSettings = layout.HasSettings || member is { Role: >= Role.Moderator },
                        IsChat = true,
                        IsUnlisted = true,
                        Scripts = ["live.js", "chat.js"],
                    },
                status
            ),
        };
    }

    private ChatAsk Ask(HttpContext context, string channel, Member? member, long? story, ChatIntent intent)
    {
        var tokens = antiforgery.GetAndStoreTokens(context);
        return new ChatAsk
        {
            Channel = channel,
            Story = story,
            Reader = member is null ? null : new ChatReader(member.Id.Value, member.Name),
            Intent = intent,
            Token = tokens.RequestToken ?? "",
            TokenField = tokens.FormFieldName,
            NeedsJoinWord = options.Value.JoinSecret is not null,
        };
    }

    private Task<IResult> NoChannelAsync(HttpContext context) =>
        frame.ErrorAsync(
            context,
            StatusCodes.Status404NotFound,
            "There is no such channel",
            "The built-in chat has no channel of this name. The menu above leads to the first one, if there is any."
        );

    private static string Back(string channel, long? story, WebMessage? message) =>
        story is { } open ? Paths.ChatThread(channel, open)
        : message is { IsDeleted: false } shown
            ? string.Create(CultureInfo.InvariantCulture, $"{Paths.Chat(channel)}#m{shown.Id}")
        : Paths.Chat(channel);

    // Browsers send line ends as CR LF whatever was typed.
    private static string Text(IFormCollection form) => form["text"].ToString().ReplaceLineEndings("\n");

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
