using System.Globalization;
using NewsBot.Core.Posts;

namespace NewsBot.Web.Views;

/// <summary>One channel of the built-in chat.</summary>
internal sealed record ChatView
{
    public required DateTimeOffset Now { get; init; }

    public required IReadOnlyList<ChannelLink> Rooms { get; init; }

    public required ChannelLink Channel { get; init; }

    /// <summary>How stories come into this channel, in words.</summary>
    public required string About { get; init; }

    /// <summary>Oldest first.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>The message before which more are to be had; null where these are all.</summary>
    public required long? Earlier { get; init; }

    /// <summary>True where newer messages are left out because older ones were asked for.</summary>
    public required bool IsEarlier { get; init; }

    /// <summary>The thread on the right; null where no story was chosen.</summary>
    public required ThreadView? Thread { get; init; }

    /// <summary>Who reads on the web, beside this chat, what is written in its threads, in words; null for nobody.</summary>
    public string? Readers { get; init; }

    /// <summary>Who reads; null where no name was picked yet.</summary>
    public required ChatReader? Reader { get; init; }

    /// <summary>What only this reader may see, oldest first.</summary>
    public required IReadOnlyList<PrivateNote> Notes { get; init; }

    /// <summary>What a private answer shows as it would be posted.</summary>
    public IReadOnlyList<ChatMessage> Shown { get; init; } = [];

    /// <summary>What the reader is about to do.</summary>
    public required ChatIntent Intent { get; init; }

    /// <summary>Proves to the server that a form is ours.</summary>
    public required string Token { get; init; }

    /// <summary>Name of the field that carries <see cref="Token"/>.</summary>
    public required string TokenField { get; init; }

    /// <summary>True where a newcomer has to know a word.</summary>
    public required bool NeedsJoinWord { get; init; }

    public string Path => Paths.Chat(Channel.Name);

    public string ThreadTitle =>
        Thread is not { } thread ? ""
        : thread.Comments.Places == 0 ? "No comments yet"
        : Wording.Count(thread.Comments.Total, "comment");

    public CommentListView List =>
        new()
        {
            Items = Thread?.Comments.Items ?? [],
            Now = Now,
            Story = Thread?.Story.Id ?? 0,
            Prefix = "t",
            Chat = this,
            Channel = Channel.Name,
            IsOpen = Reader is not null && Thread is { IsLocked: false, Card: not null },
        };

    /// <returns>The address of a part of this page as it stands.</returns>
    public string FragmentUrl(string name) =>
        Thread is { } thread
            ? string.Create(CultureInfo.InvariantCulture, $"{Path}?story={thread.Story.Id}&fragment={name}")
            : $"{Path}?fragment={name}";

    /// <returns>This page with one message of the stream chosen.</returns>
    public string With(string verb, long message) =>
        Thread is { } thread
            ? string.Create(CultureInfo.InvariantCulture, $"{Path}?story={thread.Story.Id}&{verb}={message}")
            : string.Create(CultureInfo.InvariantCulture, $"{Path}?{verb}={message}");
}

/// <summary>Who reads the chat.</summary>
internal sealed record ChatReader(long Member, string Name);

/// <summary>What the reader clicked, or typed in vain, before this page was made.</summary>
internal sealed record ChatIntent
{
    public static readonly ChatIntent None = new();

    /// <summary>The reader's own message to edit; null for none.</summary>
    public long? Edit { get; init; }

    /// <summary>The reader's own message to delete; null for none.</summary>
    public long? Delete { get; init; }

    /// <summary>What the reader answers in the stream or in the thread; null for nothing.</summary>
    public ReplyTarget? Reply { get; init; }

    /// <summary>Text that could not be sent, to be shown again; empty for none.</summary>
    public string Text { get; init; } = "";

    /// <summary>Why it could not be sent; null for nothing.</summary>
    public string? Problem { get; init; }

    /// <summary>True where <see cref="Text"/> was written in the thread, not in the stream.</summary>
    public bool IsInThread { get; init; }

    /// <summary>Safe HTML of a private answer; null for none.</summary>
    public string? Answer { get; init; }

    /// <summary>Posts the answer shows as they would be posted.</summary>
    public IReadOnlyList<PostBody> Posts { get; init; } = [];

    /// <summary>Lines worth running after the answer, without <c>/news</c>.</summary>
    public IReadOnlyList<string> Suggestions { get; init; } = [];
}

/// <summary>What is being answered.</summary>
/// <param name="Message">The message of this channel that the answer is tied to.</param>
/// <param name="Label">How it is called: "#14 by Ada".</param>
/// <param name="Prefix">Put before the text where the answered comment stands in another channel: "#14 "; else empty.</param>
/// <param name="IsInThread">True for a comment, false for a message of the stream.</param>
internal sealed record ReplyTarget(long Message, string Label, string Prefix, bool IsInThread);

/// <summary>One message of the stream.</summary>
/// <param name="Id">Its id in the channel.</param>
/// <param name="AuthorId">Null for the bot.</param>
/// <param name="Author">The name shown.</param>
/// <param name="Body">What the bot says; null for a person.</param>
/// <param name="Text">Markdown of a person; null for the bot and for deleted messages.</param>
/// <param name="Html">Safe HTML of <paramref name="Text"/>.</param>
/// <param name="ReplyTo">The message it answers; null for none.</param>
/// <param name="ReplyToAuthor">Who wrote that one; null for none.</param>
/// <param name="Comments">For a card: comments of the story now, by story.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="IsEdited">True where the text was changed.</param>
/// <param name="IsDeleted">True where only its place is left.</param>
/// <param name="IsOwn">True where the reader wrote it.</param>
internal sealed record ChatMessage(
    long Id,
    long? AuthorId,
    string Author,
    PostBody? Body,
    string? Text,
    string Html,
    long? ReplyTo,
    string? ReplyToAuthor,
    IReadOnlyDictionary<long, StoryLink> Comments,
    DateTimeOffset CreatedAt,
    bool IsEdited,
    bool IsDeleted,
    bool IsOwn
);

/// <summary>The thread of one story beside the stream.</summary>
/// <param name="Story">Which story.</param>
/// <param name="Comments">Its newest page in thread order.</param>
/// <param name="Card">The message to answer for a comment on the story; null where this channel has no card of it.</param>
/// <param name="IsLocked">True where a moderator closed it.</param>
internal sealed record ThreadView(StoryLink Story, CommentPage Comments, long? Card, bool IsLocked);

/// <summary>A private message.</summary>
internal sealed record PrivateNote(long Id, string Html, DateTimeOffset CreatedAt);
