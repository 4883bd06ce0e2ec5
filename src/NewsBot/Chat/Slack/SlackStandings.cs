using NewsBot.Clients.Slack.Objects;
using NewsBot.Clients.Slack.WebApi;
using NewsBot.Core.Communities;

namespace NewsBot.Chat.Slack;

/// <summary>
/// Asks Slack who belongs to a workspace. Guests do not: they may see some of its channels only, and a page shows the
/// discussions of all that are published.
/// </summary>
internal sealed class SlackStandings(SlackInstalls installs, TimeProvider time) : IStandings
{
    // Somebody waits before a page for it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public string Platform => "slack";

    public async Task<Standing> AskAsync(string workspace, string account, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await installs.ForTeamAsync(workspace, either.Token) is { } api
                ? Read(await api.GetUserAsync(account, either.Token), workspace)
                : new Standing.Unknown();
        }
        catch (SlackException error) when (error.Code is "user_not_found" or "user_not_visible")
        {
            return new Standing.Absent();
        }
        catch (SlackException error)
        {
            await installs.NoticeAsync(workspace, error, cancellationToken);
            return new Standing.Unknown();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Standing.Unknown();
        }
    }

    /// <summary>What an account of Slack is to us. Pure.</summary>
    public static Standing Read(User user, string team)
    {
        var person = SlackAccounts.Read(user, team);
        return user.Deleted || user.IsBot || user.IsRestricted || user.IsUltraRestricted || person.IsOutside
            ? new Standing.Absent()
            : new Standing.Present(person.Name, person.Role) { Picture = SlackPeople.Avatar(person.Picture) };
    }
}
