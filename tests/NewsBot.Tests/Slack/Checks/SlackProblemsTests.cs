using NewsBot.Chat;
using NewsBot.Chat.Slack;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Clients.Slack.WebApi;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Web;

namespace NewsBot.Tests.Slack.Checks;

/// <summary>What is wrong, in words with the switch that mends it.</summary>
public sealed class SlackProblemsTests
{
    private static readonly ChatTracked News = new(new ChannelId(5), "C01", "news", "collect", null, null);
    private static readonly SlackRemedy Remedy = new("A0123", null);

    [Fact]
    public void Nothing_is_wrong_where_all_is_granted_and_the_bot_is_in() =>
        Assert.Empty(Find(new Conversation("C01") { IsMember = true }));

    [Fact]
    public void Scopes_that_are_not_told_are_not_missed() =>
        Assert.Empty(SlackProblems.Of(new SlackSight([], Channels(null)), [], Remedy));

    [Theory]
    [InlineData("chat:write", "cannot post")]
    [InlineData("groups:history", "cannot read replies")]
    [InlineData("commands", "/news does not work")]
    public void What_a_missing_scope_costs_is_said(string scope, string cost)
    {
        var sight = new SlackSight(
            [.. SlackScopes.All.Except([scope])],
            Channels(new Conversation("C01") { IsMember = true })
        );

        var problem = Assert.Single(SlackProblems.Of(sight, [News], Remedy));

        Assert.Contains(cost, problem.Words, StringComparison.Ordinal);
        Assert.Contains("https://api.slack.com/apps/A0123/oauth", problem.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_workspaces_install_the_app_the_link_leads_there()
    {
        var remedy = SlackRemedy.Of(
            new SlackOptions { ClientId = "1.2", AppToken = "xapp-1-A0123-9-x" },
            new WebOptions { PublicUrl = "https://news.example/" }
        );

        Assert.Equal(("A0123", "https://news.example/slack/install"), (remedy.App, remedy.InstallAt));
        Assert.Contains("https://news.example/slack/install", remedy.Reinstall(["commands"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_ping_that_is_no_user_group_is_told_but_stops_nothing()
    {
        var sight = new SlackSight(SlackScopes.All, Channels(new Conversation("C01") { IsMember = true }));

        var problem = Assert.Single(SlackProblems.Of(sight, [News with { PingRole = "123456" }], Remedy));

        Assert.False(problem.StopsPosts);
        Assert.Empty(SlackProblems.Of(sight, [News with { PingRole = "S0AB12" }], Remedy));
    }

    [Fact]
    public void The_socket_and_the_secret_are_told_with_their_pages()
    {
        var sight = new SlackSight(SlackScopes.All, Channels(null)) { IsSocketRefused = true, IsSecretWrong = true };

        var words = SlackProblems.Of(sight, [], Remedy).Select(problem => problem.Words).ToList();

        Assert.Contains("https://api.slack.com/apps/A0123/socket-mode", words[0], StringComparison.Ordinal);
        Assert.Contains("Signing Secret", words[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_is_wrong_only_where_no_signature_was_ever_right()
    {
        var seals = new SlackSeals();
        for (var i = 0; i < 3; i++)
        {
            Assert.False(seals.IsSecretWrong);
            seals.SawWrong();
        }

        Assert.True(seals.IsSecretWrong);
        seals.SawRight();
        Assert.False(seals.IsSecretWrong);
    }

    [Theory]
    [InlineData("ratelimited", typeof(PublishOutcome.Throttled))]
    [InlineData("message_limit_exceeded", typeof(PublishOutcome.Throttled))]
    [InlineData("is_archived", typeof(PublishOutcome.ChannelGone))]
    [InlineData("restricted_action_read_only_channel", typeof(PublishOutcome.ChannelGone))]
    [InlineData("token_revoked", typeof(PublishOutcome.ChannelGone))]
    [InlineData("team_access_not_granted", typeof(PublishOutcome.ChannelGone))]
    [InlineData("message_not_found", typeof(PublishOutcome.MessageGone))]
    [InlineData("edit_window_closed", typeof(PublishOutcome.Rejected))]
    [InlineData("msg_too_long", typeof(PublishOutcome.Rejected))]
    [InlineData("internal_error", typeof(PublishOutcome.Failed))]
    [InlineData("a_word_of_tomorrow", typeof(PublishOutcome.Rejected))]
    public void Every_refusal_has_its_end(string code, Type expected) =>
        Assert.IsType(
            expected,
            SlackFailures.Outcome(new SlackException(System.Net.HttpStatusCode.OK, code, "x"), "news", Remedy)
        );

    [Fact]
    public void What_may_have_been_done_is_never_taken_for_undone()
    {
        var error = new SlackException(null, "", "x") { IsOutcomeUnknown = true };

        Assert.IsType<PublishOutcome.Failed>(SlackFailures.Outcome(error, "news", Remedy));
        Assert.IsType<PublishOutcome.Throttled>(
            SlackFailures.Outcome(new SlackException(null, "", "x"), "news", Remedy)
        );
        // A page of something in between, where history was looked at.
        Assert.IsType<PublishOutcome.Failed>(
            SlackFailures.Outcome(new SlackException(System.Net.HttpStatusCode.OK, "", "x"), "news", Remedy)
        );
    }

    private static IReadOnlyList<ChatProblem> Find(Conversation? channel) =>
        SlackProblems.Of(new SlackSight(SlackScopes.All, Channels(channel)), [News], Remedy);

    private static Dictionary<string, SlackChannelSight> Channels(Conversation? channel) =>
        new(StringComparer.Ordinal) { ["C01"] = new SlackChannelSight(channel) };
}
