using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using NewsBot.Chat.Web;
using NewsBot.Fetching;
using NewsBot.Starter;
using NewsBot.Storage;
using NewsBot.Web;

namespace NewsBot;

/// <summary>What can only be done once the listener has its address: the sample newsroom's sources, and the first words to the operator.</summary>
internal sealed class StartNewsroom(
    IServer server,
    LayOutNewsroom newsroom,
    OwnOrigins own,
    Database database,
    IOptions<WebChatOptions> chat
) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var address = Address();
        var sample = new Uri(address, "sample/");
        own.Add(sample);
        await newsroom.AddStarterAsync(sample, cancellationToken);
        Output.Line($"NewsBot reads news sources, posts stories and digests into chats, and gathers the replies.");
        if (chat.Value.Enabled)
        {
            Output.Line($"  Chat    {new Uri(address, "chat/news")}");
        }

        Output.Line($"  Stories {address}");
        Output.Line($"  Data    {database.Name}");
        Output.Line("Press Ctrl+C to stop. “newsbot doctor” checks the set-up, “newsbot help” lists the commands.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Uri Address() => ListenAddress.Reachable(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());
}
