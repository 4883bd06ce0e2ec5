using System.Globalization;
using NewsBot.Core.Communities;
using NewsBot.Web.SignIn;

namespace NewsBot.Web.Pages;

/// <summary>Who uses the settings, and of which community. Pure.</summary>
/// <param name="Asker">The member.</param>
/// <param name="Communities">All communities they could choose, this one too.</param>
internal sealed record SettingsDoor(Member Asker, IReadOnlyList<SettingsCommunity> Communities)
{
    /// <summary>The part of an address that says which community is meant; empty where there is only one.</summary>
    public string Query => Communities.Count > 1 ? QueryOf(Asker.Community) : "";

    public static string QueryOf(CommunityId community) =>
        string.Create(CultureInfo.InvariantCulture, $"?community={community.Value}");

    /// <summary>Finds as whom somebody may use the settings.</summary>
    /// <param name="chat">The member of the built-in chat at this browser; null for none.</param>
    /// <param name="signedIn">The account of a platform that signed in at this browser; null for none.</param>
    /// <param name="wanted">The community that was asked for; null for whichever they may do most in.</param>
    /// <param name="least">What they have to be at least.</param>
    /// <returns>Null where they are not that anywhere.</returns>
    public static SettingsDoor? Find(Member? chat, SignedIn? signedIn, string? wanted, Role least = Role.Moderator)
    {
        List<(Member Member, string Place)> known = chat is null ? [] : [(chat, "the built-in chat")];
        known.AddRange((signedIn?.Accounts ?? []).Select(account => (account.Member, account.WorkspaceName)));
        var byCommunity = known
            .Where(one => one.Member.Role >= least)
            .GroupBy(one => one.Member.Community)
            .Select(group =>
                (
                    Asker: group.MaxBy(one => one.Member.Role).Member,
                    Name: string.Join(", ", group.Select(one => one.Place).Distinct(StringComparer.Ordinal))
                )
            )
            .OrderByDescending(one => one.Asker.Role)
            .ToList();
        if (byCommunity.Count == 0)
        {
            return null;
        }

        var chosen = byCommunity.FindIndex(one =>
            one.Asker.Community.Value.ToString(CultureInfo.InvariantCulture) == wanted
        );
        return new SettingsDoor(
            byCommunity[Math.Max(chosen, 0)].Asker,
            [.. byCommunity.Select(one => new SettingsCommunity(one.Asker.Community, one.Name))]
        );
    }
}

/// <summary>A community as it may be chosen.</summary>
/// <param name="Id">Which.</param>
/// <param name="Name">The places of it that the asker is in.</param>
internal sealed record SettingsCommunity(CommunityId Id, string Name);
