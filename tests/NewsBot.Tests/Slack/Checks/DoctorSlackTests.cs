using NewsBot.Cli;
using NewsBot.Testing.Servers.FakeSlack.Faults;

namespace NewsBot.Tests.Slack.Checks;

/// <summary>What the doctor says of Slack.</summary>
public sealed class DoctorSlackTests
{
    [Fact]
    public async Task All_is_well_where_nothing_is_missing()
    {
        await using var desk = await SlackDesk.OpenAsync();
        desk.Add(desk.Server.Channels.Public);

        var findings = await LookAsync(desk);

        Assert.All(findings, finding => Assert.False(finding.MustBeFixed));
        Assert.Contains(findings, finding => finding.What.Contains("1 channel in use", StringComparison.Ordinal));
        // It looks only: what is to be entered, the program enters.
        Assert.False(desk.Server.Statistics.Calls.ContainsKey("conversations.join"));
    }

    [Fact]
    public async Task What_is_missing_is_named_with_the_page_where_it_is_mended()
    {
        await using var desk = await SlackDesk.OpenAsync();
        desk.Add(desk.Server.Channels.Archived, "old-news");
        desk.Add(desk.Server.Driver.AddChannel("desk", isPrivate: true), "desk");
        desk.Server.Driver.SetScope("commands", granted: false);
        desk.Desk.Run(
            "INSERT INTO slack_guise (team_id, state, reason, install_key, found_at) VALUES (@Team, 'refused', 'cant_delete_message', '', 0)",
            new { Team = desk.Server.TeamId }
        );
        desk.Server.Faults.Add(
            new FakeFaultRule(FakeFaultKind.Error) { Method = "apps.connections.open", Code = "invalid_auth" }
        );

        var remedies = string.Join(
            '\n',
            (await LookAsync(desk)).Where(finding => finding.MustBeFixed).Select(finding => finding.Remedy)
        );

        Assert.Contains("Unarchive channel", remedies, StringComparison.Ordinal);
        Assert.Contains("/invite @NewsBot", remedies, StringComparison.Ordinal);
        Assert.Contains("Bot Token Scopes", remedies, StringComparison.Ordinal);
        Assert.Contains("cant_delete_message", remedies, StringComparison.Ordinal);
        Assert.Contains(
            $"https://api.slack.com/apps/{desk.Server.AppId}/socket-mode",
            remedies,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_token_that_is_not_accepted_has_to_be_made_anew_and_an_outage_only_waited_for()
    {
        await using var desk = await SlackDesk.OpenAsync();
        desk.Server.Faults.Add(new FakeFaultRule(FakeFaultKind.Error) { Method = "auth.test", Code = "token_revoked" });

        var refused = Assert.Single(await LookAsync(desk), finding => finding.MustBeFixed);

        Assert.Contains("Reinstall to Workspace", refused.Remedy, StringComparison.Ordinal);

        desk.Server.Faults.Add(
            new FakeFaultRule(FakeFaultKind.Error)
            {
                Method = "auth.test",
                Code = "service_unavailable",
                Count = 100,
            }
        );
        Assert.DoesNotContain(await LookAsync(desk), finding => finding.MustBeFixed);
    }

    private static Task<IReadOnlyList<Finding>> LookAsync(SlackDesk desk) =>
        DoctorSlack.LookAsync(desk.Services, isWhole: true, TestContext.Current.CancellationToken);
}
