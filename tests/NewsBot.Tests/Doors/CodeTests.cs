using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Chat;
using NewsBot.Commands;
using NewsBot.Core.Channels;
using NewsBot.Core.Commands;
using NewsBot.Core.Communities;
using NewsBot.Core.Flows;
using NewsBot.Core.Posts;
using NewsBot.Scheduling;
using NewsBot.Storage;
using NewsBot.Testing;
using NewsBot.Tests.Commands;

namespace NewsBot.Tests.Doors;

/// <summary>The code under which a shown change waits: whose it is, how long and how often it is good.</summary>
public sealed class CodeTests
{
    private static readonly Member OtherAdmin = CommandRig.Moderator with { Role = Role.Admin };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_elses_code_does_nothing_and_stays_good_for_whose_it_is()
    {
        await using var rig = await CommandRig.NewAsync();
        var shown = await rig.AskAsync("words add unheard");
        var before = await DatabaseDump.ReadAsync(Path.Combine(rig.Folder, "newsbot.db"));

        foreach (var other in (Member[])[CommandRig.Reader, CommandRig.Moderator, OtherAdmin])
        {
            var refused = await rig.AskAsync($"confirm {shown.ConfirmCode}", other);
            Assert.Equal(CommandEnding.Refused, refused.Ending);
            Assert.Contains("Nothing of yours waits", refused.Markdown, StringComparison.Ordinal);
        }

        DatabaseDump.AssertSame(before, await DatabaseDump.ReadAsync(Path.Combine(rig.Folder, "newsbot.db")));
        Assert.Equal(CommandEnding.Done, (await rig.AskAsync($"confirm {shown.ConfirmCode}")).Ending);
    }

    [Fact]
    public async Task A_code_is_good_once_and_for_ten_minutes()
    {
        await using var rig = await CommandRig.NewAsync();
        var first = await rig.AskAsync("words add unheard");
        await rig.AskAsync($"confirm {first.ConfirmCode}");
        var late = await rig.AskAsync("words add unsung");
        rig.Clock.Advance(TimeSpan.FromMinutes(10));

        var twice = await rig.AskAsync($"confirm {first.ConfirmCode}");
        var old = await rig.AskAsync($"confirm {late.ConfirmCode}");

        Assert.Equal(CommandEnding.Refused, twice.Ending);
        Assert.Equal(CommandEnding.Refused, old.Ending);
        Assert.Equal(1, await rig.ValueAsync<long>("SELECT COUNT(*) FROM word"));
    }

    [Fact]
    public async Task Who_lost_the_right_meanwhile_confirms_nothing()
    {
        await using var rig = await CommandRig.NewAsync();
        var shown = await rig.AskAsync("words add unheard", OtherAdmin);

        var refused = await rig.AskAsync($"confirm {shown.ConfirmCode}", OtherAdmin with { Role = Role.Member });

        Assert.Equal(CommandEnding.Refused, refused.Ending);
        Assert.Contains(
            "Only moderators and admins of this newsroom may use",
            refused.Markdown,
            StringComparison.Ordinal
        );
        Assert.Equal(0, await rig.ValueAsync<long>("SELECT COUNT(*) FROM audit"));
        Assert.Equal(0, await rig.ValueAsync<long>("SELECT COUNT(*) FROM word"));
    }

    [Fact]
    public async Task A_guess_at_somebody_elses_code_takes_no_file_away()
    {
        await using var rig = await CommandRig.NewAsync(services =>
            services
                .AddSingleton<IPostStore, PostStore>()
                .AddSingleton(UnheardMeter.Flows)
                .AddSingleton<SendPosts>()
                .AddSingleton<PostPump>()
                .AddChatCommands()
        );
        var runner = rig.Services.GetRequiredService<CommandRunner>();
        var file = Encoding.UTF8.GetBytes("""{"newsbot": 1, "channels": [], "sources": [], "words": ["imported"]}""");
        var shown = await runner.RunAsync(
            new CommandRequest(CommandRig.Admin, new ChannelId(1), "import", Confirmed: false) { Attachment = file },
            Stop
        );
        Assert.Equal(CommandEnding.Asked, shown.Ending);

        var cancelled = await runner.CancelAsync(OtherAdmin, shown.ConfirmCode!, Stop);
        var confirmed = await runner.ConfirmAsync(OtherAdmin, new ChannelId(1), shown.ConfirmCode!, Stop);
        var own = await runner.ConfirmAsync(CommandRig.Admin, new ChannelId(1), shown.ConfirmCode!, Stop);

        Assert.Equal(CommandEnding.Refused, cancelled.Ending);
        Assert.Equal(CommandEnding.Refused, confirmed.Ending);
        Assert.True(own.Ending == CommandEnding.Done, own.Markdown);
    }
}
