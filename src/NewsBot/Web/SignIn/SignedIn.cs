using NewsBot.Core.Communities;

namespace NewsBot.Web.SignIn;

/// <summary>A browser that signed in with an account of a platform.</summary>
/// <param name="Session">The row of its session.</param>
/// <param name="Platform">Which platform, such as "discord".</param>
/// <param name="Accounts">The account in every workspace that has it and the bot, and lets it be there; never empty.</param>
internal sealed record SignedIn(long Session, string Platform, IReadOnlyList<SignedInAccount> Accounts)
{
    /// <summary>The name shown for this browser.</summary>
    public string Name => Accounts[0].Member.Name;

    /// <summary>The communities whose members they are.</summary>
    public IReadOnlyCollection<CommunityId> Communities =>
        [.. Accounts.Select(account => account.Member.Community).Distinct()];

    /// <summary>Who they are in a community; null where they are a stranger.</summary>
    public Member? In(long community) =>
        Accounts
            .Where(account => account.Member.Community.Value == community)
            .OrderByDescending(account => account.Member.Role)
            .FirstOrDefault()
            ?.Member;
}

/// <summary>The account in one workspace.</summary>
/// <param name="Identity">Its row.</param>
/// <param name="Workspace">The row of the workspace.</param>
/// <param name="WorkspaceName">Its name.</param>
/// <param name="WorkspaceKey">The platform's id of the workspace.</param>
/// <param name="Key">The platform's id of the account.</param>
/// <param name="Member">Who it is here, with the role that the platform's permissions or we give.</param>
/// <param name="AskedAt">When the platform last said that it belongs there.</param>
internal sealed record SignedInAccount(
    long Identity,
    long Workspace,
    string WorkspaceName,
    string WorkspaceKey,
    string Key,
    Member Member,
    DateTimeOffset AskedAt
)
{
    /// <summary>Until when the platform lets it write nothing; null where it may.</summary>
    public DateTimeOffset? SilencedUntil { get; init; }

    /// <summary>Row of its picture; null for none.</summary>
    public long? Avatar { get; init; }
}
