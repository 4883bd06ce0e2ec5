using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using NewsBot.Processes;
using NewsBot.Storage;

namespace NewsBot.Tests.Host;

/// <summary>What a process does among several.</summary>
public sealed class ProcessOptionsTests
{
    [Theory]
    [InlineData("poll,post,chat,web", true, true)]
    [InlineData(" web , chat", false, true)]
    [InlineData("poll", true, false)]
    public void Roles_stand_with_commas_between(string roles, bool polls, bool serves)
    {
        var options = new ProcessOptions { Roles = roles };

        Assert.Empty(Problems(options, StorageProvider.Postgres));
        Assert.Equal((polls, serves), (options.Has(Role.Poll), options.Has(Role.Web)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("poll,pots")]
    public void A_role_there_is_not_is_refused_with_those_there_are(string roles)
    {
        var problem = Assert.Single(Problems(new ProcessOptions { Roles = roles }, StorageProvider.Postgres));

        Assert.StartsWith($"Process:Roles is \"{roles}\"", problem);
        Assert.Contains("poll, post, chat, web", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_of_SQLite_belongs_to_one_process_that_does_everything()
    {
        var problem = Assert.Single(Problems(new ProcessOptions { Roles = "poll,post" }, StorageProvider.Sqlite));

        Assert.Contains("Storage:Provider=Postgres", problem, StringComparison.Ordinal);
        Assert.Empty(Problems(new ProcessOptions(), StorageProvider.Sqlite));
    }

    [Fact]
    public void A_lease_shorter_than_a_call_to_a_platform_may_take_is_refused() =>
        Assert.Contains(
            "Process:Lease",
            Assert.Single(Problems(new ProcessOptions { Lease = TimeSpan.FromSeconds(4) }, StorageProvider.Postgres)),
            StringComparison.Ordinal
        );

    [Fact]
    public void The_command_line_names_them_in_short()
    {
        var settings = new ConfigurationBuilder()
            .AddCommandLine(SettingArguments.Expand(["--roles", "poll,post", "--data=here"]))
            .Build();

        Assert.Equal(("poll,post", "here"), (settings["Process:Roles"], settings["Storage:Folder"]));
        Assert.True(ProcessOptions.Has(settings, Role.Post));
        Assert.False(ProcessOptions.Has(settings, Role.Web));
    }

    private static IEnumerable<string> Problems(ProcessOptions options, StorageProvider provider) =>
        (new ProcessOptionsValidator().Validate(null, options).Failures ?? []).Concat(
            new AloneValidator(Options.Create(new StorageOptions { Provider = provider }))
                .Validate(null, options)
                .Failures
                ?? []
        );
}
