using System.Globalization;
using Microsoft.Data.Sqlite;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;

namespace NewsBot.Storage;

/// <summary>Tells who writes in the thread of a story, once and from the first reply on, that others read it on the web.</summary>
internal static class ThreadNotices
{
    /// <summary>Names the notice in every channel.</summary>
    public static PostSubject Subject(StoryId story) =>
        PostSubject.Notice(string.Create(CultureInfo.InvariantCulture, $"published:{story.Value}"));

    /// <param name="page">The story's page.</param>
    /// <returns>Markdown.</returns>
    public static string Words(string page) => $"Replies here appear on <{page}>, where everybody can read them.";

    /// <summary>Writes the notice for the thread in a channel. Doing it again changes nothing.</summary>
    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="channel">A channel with the story's card.</param>
    /// <param name="story">Which story.</param>
    /// <param name="now">The instant of the transaction.</param>
    public static Task AddAsync(SqliteConnection connection, MirrorRow channel, StoryId story, DateTimeOffset now) =>
        // The built-in chat is on the web itself, and its readers see it.
        channel.Publication == "public"
        && channel.Platform != "web"
            ? Outbox.CreateAsync(
                connection,
                new PostDraft(
                    new ChannelId(channel.ChannelId),
                    Subject(story),
                    0,
                    new PostBody.Notice("") { Below = story },
                    now
                )
                {
                    NotBefore = channel.IsCardSent != 0 ? null : CommentCopies.BehindCard,
                }
            )
            : Task.CompletedTask;
}
