using NewsBot.Testing;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Testing.Servers.FakeSlack;

if (args is ["feeds", .. var rest] && ServeFeeds.Port(rest) is { } port)
{
    return await ServeFeeds.RunAsync(port);
}

if (args is ["discord", .. var discord] && Serving.Wishes(discord) is { } forDiscord)
{
    var options = new FakeDiscordOptions { Port = forDiscord.Port, DataFile = forDiscord.DataFile };
    return await Serving.RunAsync(
        "fake Discord",
        () => FakeDiscordServer.StartAsync(options, CancellationToken.None),
        server => server.Describe()
    );
}

if (args is ["slack", .. var slack] && Serving.Wishes(slack) is { } forSlack)
{
    var options = new FakeSlackOptions { Port = forSlack.Port, DataFile = forSlack.DataFile };
    return await Serving.RunAsync(
        "fake Slack",
        () => FakeSlackServer.StartAsync(options, CancellationToken.None),
        server => server.Describe()
    );
}

// Started by tests only, see RunningNewsroom.
if (args is [RunningNewsroom.Apart, var clock, .. var settings])
{
    return await RunningNewsroom.ServeAsync(clock, settings);
}

Output.Error("Usage: dotnet run --project tests/NewsBot.Testing -- feeds [--port N]");
Output.Error("       dotnet run --project tests/NewsBot.Testing -- discord [--port N] [--data FILE]");
Output.Error("       dotnet run --project tests/NewsBot.Testing -- slack [--port N] [--data FILE]");
return 2;
