using System.Globalization;
using NewsBot.Core.Stories;

namespace NewsBot.Core.Posts;

/// <summary>What a post is about. Together with channel, part, operation and revision it names the post, so that making it twice changes nothing.</summary>
/// <param name="Value"><c>story:{id}</c>, <c>digest:{id}</c>, <c>comment:{id}</c>, <c>sofar:{story}</c>, <c>more:{story}:{number}</c> or <c>notice:{cause}</c>.</param>
public readonly record struct PostSubject(string Value)
{
    private const string StoryPrefix = "story:";
    private const string CommentPrefix = "comment:";

    public static PostSubject Of(StoryId story) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{StoryPrefix}{story.Value}"));

    public static PostSubject Digest(long digest) =>
        new(string.Create(CultureInfo.InvariantCulture, $"digest:{digest}"));

    /// <param name="comment">The row of the comment whose copy it is.</param>
    public static PostSubject Comment(long comment) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{CommentPrefix}{comment}"));

    /// <summary>What a channel that gets a story late is told of its discussion.</summary>
    public static PostSubject SoFar(StoryId story) =>
        new(string.Create(CultureInfo.InvariantCulture, $"sofar:{story.Value}"));

    /// <summary>The one message in place of many copies.</summary>
    /// <param name="story">Whose comments they are.</param>
    /// <param name="first">The lowest number it stands for.</param>
    public static PostSubject More(StoryId story, int first) =>
        new(string.Create(CultureInfo.InvariantCulture, $"more:{story.Value}:{first}"));

    /// <summary>A digest of discussions.</summary>
    /// <param name="channel">The row of its channel.</param>
    /// <param name="due">The instant it was due at, in UTC milliseconds.</param>
    public static PostSubject Talk(long channel, long due) =>
        new(string.Create(CultureInfo.InvariantCulture, $"talk:{channel}:{due}"));

    /// <param name="comment">The row of the comment that waits for a moderator.</param>
    public static PostSubject Review(long comment) =>
        new(string.Create(CultureInfo.InvariantCulture, $"review:{comment}"));

    /// <summary>Two stories that may be one, as moderators are asked.</summary>
    public static PostSubject Suggestion(StoryId loser, StoryId winner) =>
        new(string.Create(CultureInfo.InvariantCulture, $"suggest:{loser.Value}:{winner.Value}"));

    /// <param name="cause">What happened, once: the same cause never posts again.</param>
    public static PostSubject Notice(string cause) => new($"notice:{cause}");

    /// <returns>The story of a card; null for everything else.</returns>
    public StoryId? Story =>
        Value.StartsWith(StoryPrefix, StringComparison.Ordinal)
            ? new StoryId(long.Parse(Value.AsSpan(StoryPrefix.Length), CultureInfo.InvariantCulture))
            : null;

    /// <returns>The row of the comment a copy is of; null for everything else.</returns>
    public long? CommentRow =>
        Value.StartsWith(CommentPrefix, StringComparison.Ordinal)
            ? long.Parse(Value.AsSpan(CommentPrefix.Length), CultureInfo.InvariantCulture)
            : null;

    /// <returns>The story a digest of its discussion, or one message for many copies, is about; null for everything else.</returns>
    public StoryId? Discussion =>
        Value.Split(':') is ["sofar" or "more", var story, ..]
            ? new StoryId(long.Parse(story, CultureInfo.InvariantCulture))
            : null;

    public override string ToString() => Value;
}
