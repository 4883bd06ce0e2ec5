using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using NewsBot.Storage;
using NewsBot.Web;

namespace NewsBot.Tests.Communities;

/// <summary>Workspaces that the settings put together.</summary>
public sealed class CommunitySettingsTests
{
    [Theory]
    [InlineData("discord:77", "web", "")]
    [InlineData("discord:77", "slack:T0123", "")]
    [InlineData("discord:77", "discord:77", "stands in Communities:Harbour:Workspaces:0 already")]
    [InlineData("discord:quay", "web", "Communities:Harbour:Workspaces:0 is “discord:quay”")]
    [InlineData("discord:77", "irc:quay", "write discord:")]
    [InlineData("slack:77", "web", "such as T0123ABCD")]
    [InlineData("web", "", "is “”")]
    public void Each_workspace_is_checked_and_the_remedy_told(string first, string second, string problem)
    {
        var options = new CommunitySettings { ["Harbour"] = new() { Workspaces = { first, second } } };

        var result = new CommunitySettingsValidator().Validate(null, options);

        Assert.Equal(problem.Length == 0, result.Succeeded);
        Assert.Contains(problem, result.FailureMessage ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void A_workspace_in_two_communities_and_one_alone_are_refused()
    {
        var options = new CommunitySettings
        {
            ["Harbour"] = new() { Workspaces = { "discord:77", "web" } },
            ["Quay"] = new() { Workspaces = { "discord:77" } },
        };

        var result = new CommunitySettingsValidator().Validate(null, options);

        Assert.Equal(2, result.Failures!.Count());
        Assert.Contains(
            "Communities:Quay:Workspaces:0: discord:77 stands in",
            result.FailureMessage,
            StringComparison.Ordinal
        );
        Assert.Contains("fewer than two workspaces", result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void They_are_read_from_the_configuration_and_its_slips_are_told()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["Communities:Harbour:Workspaces:0"] = "discord:77",
                    ["Communities:Harbour:Workspaces:1"] = "web",
                    ["Communities:Quay:Worksapces:0"] = "web",
                }
            )
            .Build();

        var bound = configuration.GetSection("Communities").Get<CommunitySettings>()!;
        var problems = SettingKeys.Problems(
            configuration,
            [new SettingSection("Communities", typeof(CommunitySettings))]
        );

        Assert.Equal(["discord:77", "web"], bound["Harbour"].Workspaces);
        Assert.Equal(
            ["Communities:Quay:Worksapces is no setting of NewsBot. Did you mean Communities:Quay:Workspaces?"],
            problems
        );
    }

    [Fact]
    public async Task Workspaces_named_together_are_joined_also_when_one_comes_later()
    {
        await using var both = await TwoCommunities.OpenAsync();
        await both.Rig.SqlAsync("UPDATE workspace SET external_id = '78' WHERE id = 2");
        var settings = new CommunitySettings { ["Docks"] = new() { Workspaces = { "discord:77", "web" } } };

        await RunAsync(both, settings);
        var before = await both.Rig.ValueAsync<long>("SELECT community_id FROM channel WHERE id = 21");
        await both.Rig.SqlAsync("UPDATE workspace SET external_id = '77' WHERE id = 2");
        await RunAsync(both, settings);
        await RunAsync(both, settings);

        Assert.Equal(2, before);
        Assert.Equal(1, await both.Rig.ValueAsync<long>("SELECT community_id FROM channel WHERE id = 21"));
        Assert.Equal("Docks", await both.Rig.ValueAsync<string>("SELECT name FROM community WHERE id = 1"));
        Assert.Equal(1, await both.Rig.ValueAsync<long>("SELECT COUNT(*) FROM community_link"));
    }

    [Fact]
    public async Task Once_they_are_no_longer_named_together_they_part_and_a_code_stays()
    {
        await using var both = await TwoCommunities.OpenAsync();
        await RunAsync(both, new CommunitySettings { ["Docks"] = new() { Workspaces = { "discord:77", "web" } } });

        await RunAsync(both, []);
        var parted = await both.Rig.ValueAsync<long>("SELECT community_id FROM channel WHERE id = 21");
        var name = await both.Rig.ValueAsync<string>("SELECT name FROM community WHERE id = 1");
        await both.JoinAsync();
        await RunAsync(both, []);

        Assert.Equal(2, parted);
        Assert.Equal("Test", name);
        Assert.Equal(1, await both.Rig.ValueAsync<long>("SELECT community_id FROM channel WHERE id = 21"));
    }

    private static Task RunAsync(TwoCommunities both, CommunitySettings settings) =>
        new NamedCommunities(
            both.Rig.Database,
            new RecentReports(),
            Options.Create(settings),
            new LiveUpdates(),
            both.Rig.Clock
        ).RunAsync(TestContext.Current.CancellationToken);
}
