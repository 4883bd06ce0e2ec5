using System.Collections.Concurrent;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Clients.Slack.WebApi;
using NewsBot.Core.Communities;

namespace NewsBot.Chat.Slack;

/// <summary>What Slack says of the people who use something: their name, their workspace, and what they may do there.</summary>
internal sealed class SlackAccounts(SlackInstalls installs, TimeProvider time)
{
    /// <summary>While somebody types, and for looking only: what they may do was true a moment ago.</summary>
    public static readonly TimeSpan ForLooking = TimeSpan.FromSeconds(30);

    /// <summary>For a name or picture.</summary>
    public static readonly TimeSpan ForShowing = TimeSpan.FromMinutes(10);

    // Whoever asks waits for it; without an answer they may do what we wrote down ourselves, and no more.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    // Far more people than use commands within half a minute; then it begins anew.
    private const int MostKept = 2_000;

    private readonly ConcurrentDictionary<(string Team, string User), (SlackAccount Person, DateTimeOffset At)> _known =
        new();

    /// <summary>Asks Slack who somebody is.</summary>
    /// <param name="room">Where.</param>
    /// <param name="user">Slack's id.</param>
    /// <param name="maxAge">So old the answer may be; zero asks anew, as everything that changes something must.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Null where Slack does not say.</returns>
    public async Task<SlackAccount?> FindAsync(
        SlackRoom room,
        string user,
        TimeSpan maxAge,
        CancellationToken cancellationToken
    )
    {
        var key = (room.Team, user);
        if (_known.TryGetValue(key, out var known) && time.GetUtcNow() - known.At < maxAge)
        {
            return known.Person;
        }

        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            var person = Read(await room.Api.GetUserAsync(user, either.Token), room.Team);
            if (_known.Count >= MostKept)
            {
                _known.Clear();
            }

            _known[key] = (person, time.GetUtcNow());
            return person;
        }
        catch (SlackException error)
        {
            await installs.NoticeAsync(room.Team, error, cancellationToken);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>What an account of Slack is to us. Pure.</summary>
    public static SlackAccount Read(User user, string team) =>
        new(
            user.ShownName,
            IsOutside: user.IsStranger || (user.TeamId is { Length: > 0 } own && own != team),
            user is { Deleted: false, IsBot: false, IsRestricted: false, IsUltraRestricted: false }
            && (user.IsAdmin || user.IsOwner || user.IsPrimaryOwner)
                ? Role.Admin
                : Role.Member,
            user.Profile?.Image192 ?? user.Profile?.Image72,
            user.Tz
        );
}

/// <summary>Somebody in Slack, as of now.</summary>
/// <param name="Name">As people see it; null where there is none.</param>
/// <param name="IsOutside">Whether they come from another workspace, through a shared channel.</param>
/// <param name="Role">What Slack makes of them in their workspace.</param>
/// <param name="Picture">Address of their picture; null for none.</param>
/// <param name="Zone">Their time zone, such as Europe/Berlin; null where it was not told.</param>
internal sealed record SlackAccount(string? Name, bool IsOutside, Role Role, string? Picture, string? Zone);
