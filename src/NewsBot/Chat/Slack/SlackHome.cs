using Dapper;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Commands;
using NewsBot.Storage;
using Role = NewsBot.Core.Communities.Role;

namespace NewsBot.Chat.Slack;

/// <summary>What <c>/news</c> alone shows: the newest stories, what whoever looks follows, and what admins can do.</summary>
internal sealed class SlackHome(Database database, AnswerLinks links)
{
    private const int MostStories = 5;
    private const int MostFollowed = 10;

    private const string Followed = """
        SELECT s.id, s.headline, s.slug FROM follow f JOIN story s ON s.id = f.story_id
        WHERE f.member_id = @Member AND s.community_id = @Community AND s.taken_down_at IS NULL
        ORDER BY f.created_at DESC, s.id DESC LIMIT @MostFollowed
        """;

    public async Task<View> BuildAsync(SlackAsker asker, SlackFormState state, CancellationToken cancellationToken)
    {
        var (latest, followed) = await database.ReadAsync(
            async connection =>
                (
                    await AdminStore.LatestAsync(connection, asker.Room.Workspace.Community, MostStories),
                    await connection.QueryAsync<(long Id, string Headline, string Slug)>(
                        Followed,
                        new
                        {
                            Member = asker.Member.Id.Value,
                            asker.Room.Workspace.Community,
                            MostFollowed,
                        }
                    )
                ),
            cancellationToken
        );
        return SlackViews.Home(
            await ResolveAsync(latest.Select(Answers.StoryLine), cancellationToken),
            await ResolveAsync(
                followed.Select(story => "- " + Answers.StoryLink(story.Id, story.Slug, story.Headline)),
                cancellationToken
            ),
            asker.Member.Role >= Role.Admin,
            state
        );
    }

    private async Task<IReadOnlyList<string>> ResolveAsync(
        IEnumerable<string> lines,
        CancellationToken cancellationToken
    ) =>
        (await links.ResolveAsync(string.Join('\n', lines), cancellationToken)).Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries
        );
}
