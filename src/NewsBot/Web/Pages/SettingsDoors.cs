using System.Globalization;
using NewsBot.Core.Communities;
using NewsBot.Web.SignIn;

namespace NewsBot.Web.Pages;

/// <summary>
/// Finds as whom somebody may use the settings. What a platform lets them do is asked of it again, so that whoever lost a
/// right there has lost it here with the next click, not with the next round of questions.
/// </summary>
internal sealed class SettingsDoors(PageFrame frame, Standings standings)
{
    /// <summary>So old an answer of the platform may be for somebody who only looks.</summary>
    public static readonly TimeSpan ForLooking = Standings.ForWriting;

    /// <summary>So old it may be for somebody who changes something: every one is asked about.</summary>
    public static readonly TimeSpan ForChanging = TimeSpan.Zero;

    // Somebody waits for it, and few are in more workspaces that have the same newsroom.
    private const int MostAsked = 5;

    /// <param name="context">The request, whose address may name a community.</param>
    /// <param name="maxAge">So old what a platform said may be.</param>
    /// <param name="least">What they have to be at least.</param>
    /// <returns>Null where they are not that anywhere, or a platform did not say so in time.</returns>
    public async Task<SettingsDoor?> FindAsync(HttpContext context, TimeSpan maxAge, Role least = Role.Moderator)
    {
        var chat = await frame.MemberAsync(context);
        var wanted = context.Request.Query["community"].ToString();
        var signedIn = await frame.SignedInAsync(context);
        var door = SettingsDoor.Find(chat, signedIn, wanted, least);
        if (door is null && signedIn is not null && await AskAsync(context, signedIn, wanted))
        {
            signedIn = await frame.SignedInAnewAsync(context);
            door = SettingsDoor.Find(chat, signedIn, wanted, least);
        }

        // What somebody sent for one community is done in no other, should they have lost their right there meanwhile.
        if (door is null || (maxAge == ForChanging && IsElsewhere(door, wanted)))
        {
            return null;
        }

        if (signedIn is null)
        {
            return door;
        }

        List<SignedInAccount> accounts = [];
        foreach (var account in signedIn.Accounts)
        {
            // In communities that are not meant nothing is done, so nobody needs to be asked.
            if (account.Member.Community != door.Asker.Community)
            {
                accounts.Add(account);
            }
            else if (
                await standings.RefreshAsync(signedIn.Platform, account, maxAge, context.RequestAborted)
                is Standing.Present
            )
            {
                accounts.Add(account);
            }
        }

        // What was asked was kept; with it go the roles that we give, as they are now.
        var now = await frame.SignedInAnewAsync(context);
        var still = SettingsDoor.Find(
            chat,
            now is null
                ? null
                : now with
                {
                    Accounts =
                    [
                        .. now.Accounts.Where(account => accounts.Any(kept => kept.Identity == account.Identity)),
                    ],
                },
            wanted,
            least
        );
        return still is not null && maxAge == ForChanging && still.Asker.Community != door.Asker.Community
            ? null
            : still;
    }

    /// <summary>Asks whether somebody has been given a right since they were asked about last.</summary>
    /// <returns>Whether anybody was asked.</returns>
    private async Task<bool> AskAsync(HttpContext context, SignedIn signedIn, string wanted)
    {
        var unsure = signedIn
            .Accounts.Where(account => wanted.Length == 0 || IsOf(account.Member, wanted))
            .Take(MostAsked)
            .ToList();
        foreach (var account in unsure)
        {
            await standings.RefreshAsync(signedIn.Platform, account, ForLooking, context.RequestAborted);
        }

        return unsure.Count > 0;
    }

    private static bool IsOf(Member member, string community) =>
        member.Community.Value.ToString(CultureInfo.InvariantCulture) == community;

    private static bool IsElsewhere(SettingsDoor door, string wanted) => wanted.Length > 0 && !IsOf(door.Asker, wanted);
}
