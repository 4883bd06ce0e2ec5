using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Commands;
using NewsBot.Core.Commands;
using NewsBot.Core.Communities;
using NewsBot.Core.Feeds;
using NewsBot.Storage;
using NewsBot.Tests.Flows;

namespace NewsBot.Tests.Mirroring;

/// <summary>The commands beside a desk.</summary>
internal sealed class CommandDoor(NewsDesk news) : IAsyncDisposable
{
    private readonly ServiceProvider _commands = new ServiceCollection()
        .AddLogging()
        .AddSingleton<TimeProvider>(news.Time)
        .AddSingleton(news.Database)
        .AddSingleton<IFetcher, NoFetcher>()
        .AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider())
        .AddSingleton<DigestStore>()
        .AddCommands()
        .BuildServiceProvider();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Runs a line of the catalogue, and confirms it where it asks.</summary>
    /// <returns>How it ended, and all that was said on the way.</returns>
    public async Task<(CommandEnding Ending, string Words)> RunAsync(string line, Member asker)
    {
        var run = _commands.GetRequiredService<RunCommand>();
        var reply = await run.RunAsync(new CommandRequest(asker, null, line, false), Token);
        var shown = reply.Markdown;
        if (reply.Ending == CommandEnding.Asked)
        {
            reply = await run.RunAsync(
                new CommandRequest(asker, null, $"/news confirm {reply.ConfirmCode}", false),
                Token
            );
            shown += reply.Markdown;
        }

        return (reply.Ending, shown);
    }

    public ValueTask DisposeAsync() => _commands.DisposeAsync();

    private sealed class NoFetcher : IFetcher
    {
        public Task<FetchOutcome> FetchAsync(FetchRequest request, CancellationToken cancellationToken) =>
            Task.FromResult<FetchOutcome>(new FetchOutcome.Failed("There is no network here."));
    }
}
