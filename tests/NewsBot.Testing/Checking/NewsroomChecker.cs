using System.Data.Common;
using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Testing.Servers.FakeSlack;

namespace NewsBot.Testing.Checking;

/// <summary>
/// Compares what happened with what the platforms show and what the newsroom has written down. It knows nothing of how the
/// newsroom decides: it reads the database with SQL of its own and the platforms as they are.
/// </summary>
/// <param name="open">Opens the database.</param>
/// <param name="discord">What Discord shows.</param>
/// <param name="slack">What Slack shows.</param>
/// <param name="account">What was told and said.</param>
/// <param name="numbers">What was seen before.</param>
internal sealed class NewsroomChecker(
    Func<DbConnection> open,
    FakeDiscordState discord,
    FakeSlackState slack,
    Account account,
    NumberMemory numbers
)
{
    /// <summary>
    /// Checks a newsroom that has come to rest: everything told and said has to stand where it belongs, once, as it is now.
    /// </summary>
    public CheckReport Run()
    {
        // The platforms first: what is posted later is written down later too, so that nothing looks like nobody's.
        var shown = ShownMessages.Of(discord, slack);
        var ledger = Ledger.Read(open);
        var report = new CheckReport();
        numbers.Look(ledger, report);
        var known = CheckedWorld.Of(account, ledger, shown, report);
        StoryCheck.Look(known, report);
        CommentCheck.Look(known, report);
        CopyCheck.Look(known, report);
        OutboxCheck.Look(known, report);
        OrderCheck.Look(known, report);
        return report;
    }

    /// <summary>Checks what has to be so at every instant, also in the middle of the work: nothing twice, no number changed.</summary>
    public CheckReport Glance()
    {
        var shown = ShownMessages.Of(discord, slack);
        var ledger = Ledger.Read(open);
        var report = new CheckReport();
        numbers.Look(ledger, report);
        OutboxCheck.LookForTwins(shown, report);
        return report;
    }
}
