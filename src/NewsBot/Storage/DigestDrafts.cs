using System.Data.Common;
using System.Text.Json;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;

namespace NewsBot.Storage;

/// <summary>Keeps the digest an admin was shown for a few minutes, so that exactly this one is posted.</summary>
internal static class DigestDrafts
{
    /// <summary>A shown change waits ten minutes to be confirmed, and what it sets off may take a few more.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    private const string Keep = """
        INSERT INTO digest_draft (channel_id, made_at, body) VALUES (@Channel, @MadeAt, @Body)
        ON CONFLICT (channel_id) DO UPDATE SET made_at = excluded.made_at, body = excluded.body
        """;

    private const string Find = "SELECT body FROM digest_draft WHERE channel_id = @Channel AND made_at > @Oldest";

    private const string Forget = "DELETE FROM digest_draft WHERE channel_id = @Channel";

    private const string ForgetStory = """
        DELETE FROM digest_draft WHERE body LIKE '%"story":{"value":' || @Story || '}%'
        """;

    public static Task KeepAsync(DbConnection connection, ChannelId channel, DigestDraft? draft) =>
        draft is null
            ? ForgetAsync(connection, channel)
            : connection.ExecuteAsync(
                Keep,
                new
                {
                    Channel = channel.Value,
                    MadeAt = draft.MadeAt.Ms(),
                    Body = JsonSerializer.Serialize(draft, JsonSerializerOptions.Web),
                }
            );

    public static Task ForgetAsync(DbConnection connection, ChannelId channel) =>
        connection.ExecuteAsync(Forget, new { Channel = channel.Value });

    /// <summary>Forgets what quotes or shows a story in which something was taken back.</summary>
    public static Task ForgetAsync(DbConnection connection, long story) =>
        connection.ExecuteAsync(ForgetStory, new { Story = story });

    /// <summary>The digest that was shown, where it is still true: nothing in it was taken back, changed or posted meanwhile.</summary>
    /// <returns>Null where none was shown lately, or it would not be made like this any more.</returns>
    public static async Task<DigestDraft?> FindAsync(DbConnection connection, DigestChannel channel, DateTimeOffset now)
    {
        var body = await connection.ExecuteScalarAsync<string?>(
            Find,
            new { Channel = channel.Id, Oldest = (now - Life).Ms() }
        );
        var draft = body is null ? null : Read(body);
        return draft is not null && await IsTrueAsync(connection, channel, draft) ? draft : null;
    }

    private static DigestDraft? Read(string body)
    {
        try
        {
            return JsonSerializer.Deserialize<DigestDraft>(body, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            // An older program kept it; a digest is made anew rather than not at all.
            return null;
        }
    }

    private static async Task<bool> IsTrueAsync(DbConnection connection, DigestChannel channel, DigestDraft draft)
    {
        if (draft.Wish != channel.Wish())
        {
            return false;
        }

        var id = new ChannelId(channel.Id);
        var last = Instants.At(channel.LastDigestAt);
        var candidates = (
            await DigestCandidates.LoadAsync(connection, channel.Id, last, draft.Since, draft.MadeAt)
        ).ToDictionary(candidate => candidate.Story);
        foreach (var story in draft.Stories)
        {
            if (
                !candidates.TryGetValue(story.Story, out var candidate)
                || (
                    story.Card is { } card
                    && (
                        candidate.IsCarded
                        || Words(card) != Words(await StoryCards.LoadAsync(connection, story.Story, id, story.Why))
                    )
                )
            )
            {
                return false;
            }
        }

        return draft.List is not { } list
            || PostBodies.Write(list) == PostBodies.Write(await DigestQuotes.NowAsync(connection, id, list));
    }

    // Counts and pictures are brought up to date by edits as on every card.
    private static string Words(PostBody.Card card) =>
        PostBodies.Write(card with { Comments = 0, Picture = null, PictureAlt = null });
}
