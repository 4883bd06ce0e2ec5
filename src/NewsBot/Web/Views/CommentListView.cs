using System.Globalization;

namespace NewsBot.Web.Views;

/// <summary>Comments in a list, on a story page or beside the chat.</summary>
internal sealed record CommentListView
{
    private readonly HashSet<int> _numbers = [];

    public required IReadOnlyList<CommentView> Items
    {
        get;
        init
        {
            field = value;
            _numbers.UnionWith(value.Select(item => item.Number));
        }
    }

    public required DateTimeOffset Now { get; init; }

    public required long Story { get; init; }

    /// <summary>What a comment's number follows in its element's id; the same number may stand twice in one document.</summary>
    public required string Prefix { get; init; }

    /// <summary>The chat this list stands beside; null on a story page.</summary>
    public required ChatView? Chat { get; init; }

    /// <summary>The built-in channel where an answer from a story page is written; null where there is none.</summary>
    public required string? Channel { get; init; }

    /// <summary>The form below the comments of a story page; null where there is none.</summary>
    public CommentFormView? Form { get; init; }

    /// <summary>False where nobody may answer.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>The number somebody came for, which no fold may hide; null for none.</summary>
    public int? At { get; init; }

    /// <summary>The list cut into what is shown and what is folded.</summary>
    public IReadOnlyList<CommentRun> Runs => CommentFolds.Of(Items, At);

    /// <summary>The lasting address of a number; beside the chat its place there.</summary>
    public string Permalink(int number) => Chat is null ? Paths.Comment(Story, number) : Anchor(number);

    /// <summary>Where a number leads: within this list where it is here, else to the page that holds it.</summary>
    public string Anchor(int number) =>
        _numbers.Contains(number) ? "#" + CommentAnchors.Of(Prefix, number) : Paths.Comment(Story, number);

    /// <returns>The reader's own message in this channel; null for everything else.</returns>
    public long? Own(CommentText text) =>
        Chat is { Reader: { } reader } chat
        && reader.Member == text.Author.Id
        && text.ChannelId == chat.Channel.Id
        && long.TryParse(text.MessageId, CultureInfo.InvariantCulture, out var message)
            ? message
            : null;

    /// <returns>What an answer written beside the chat is tied to; null where none can be written.</returns>
    public ReplyTarget? Target(CommentView comment, CommentText text) =>
        Chat is not { Thread.Card: { } card } chat || !IsOpen ? null
        : text.ChannelId == chat.Channel.Id
        && long.TryParse(text.MessageId, CultureInfo.InvariantCulture, out var message)
            ? new ReplyTarget(message, Label(comment, text), "", true)
        : new ReplyTarget(
            card,
            Label(comment, text),
            string.Create(CultureInfo.InvariantCulture, $"#{comment.Number} "),
            true
        );

    /// <returns>Where an answer is written; null where it cannot be.</returns>
    public string? ReplyUrl(CommentView comment)
    {
        if (Form is { As: not null } form && IsOpen)
        {
            return form.Url("reply", comment.Number);
        }

        var channel = Chat?.Channel.Name ?? Channel;
        return !IsOpen || channel is null
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{Paths.Chat(channel)}?story={Story}&answer={comment.Number}#thread"
            );
    }

    private static string Label(CommentView comment, CommentText text) =>
        string.Create(CultureInfo.InvariantCulture, $"#{comment.Number} by {text.Author.Name}");

    /// <returns>The chat with one of the reader's own messages opened for a change.</returns>
    public string IntentUrl(ChatView chat, string verb, long message) =>
        string.Create(CultureInfo.InvariantCulture, $"{chat.Path}?story={Story}&{verb}={message}");
}

/// <summary>The form with which one's own message is changed or deleted.</summary>
internal sealed record EditFormView(ChatView Chat, long Message, string Text)
{
    /// <summary>Where the message is shown without the form.</summary>
    public string Back => Chat.Thread is { } thread ? Paths.ChatThread(Chat.Channel.Name, thread.Story.Id) : Chat.Path;
}
