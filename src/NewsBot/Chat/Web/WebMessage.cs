using NewsBot.Core.Channels;
using NewsBot.Core.Communities;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Web.Views;

namespace NewsBot.Chat.Web;

/// <summary>One message of the built-in chat.</summary>
/// <param name="Id">Its id; grows with time within a channel.</param>
/// <param name="Channel">Where it stands.</param>
/// <param name="Author">Who wrote it; null for the bot and for copies of what was written elsewhere.</param>
/// <param name="AuthorName">Name as shown.</param>
/// <param name="Text">Markdown of a person; null for the bot and for deleted messages.</param>
/// <param name="Body">What the bot says; null for a person and for copies.</param>
/// <param name="ReplyTo">The message it answers; null for none.</param>
/// <param name="Story">The story of the card, or of the thread the message belongs to; null for none.</param>
/// <param name="Number">Its number as a comment; null where it is none.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="EditedAt">UTC; null when never edited.</param>
/// <param name="IsDeleted">True once it was deleted.</param>
internal sealed record WebMessage(
    long Id,
    ChannelId Channel,
    MemberId? Author,
    string AuthorName,
    string? Text,
    PostBody? Body,
    long? ReplyTo,
    StoryId? Story,
    int? Number,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EditedAt,
    bool IsDeleted
)
{
    /// <summary>Where it was written, of a copy of what was written in another channel; null for everything else.</summary>
    public WebOrigin? Origin { get; init; }

    /// <summary>What it takes to read it on the web: a comment is not shown to more than it was written for, whatever its channel publishes now.</summary>
    public Sight Needs { get; init; }
}

/// <summary>Where a copied comment was written.</summary>
/// <param name="Platform">"web", "discord" or "slack".</param>
/// <param name="Channel">Without "#".</param>
internal sealed record WebOrigin(string Platform, string Channel);
