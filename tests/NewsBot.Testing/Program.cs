using NewsBot.Testing;

if (args is ["feeds", .. var rest] && ServeFeeds.Port(rest) is { } port)
{
    return await ServeFeeds.RunAsync(port);
}

if (args is ["discord", .. var wishes] && ServeDiscord.Options(wishes) is { } options)
{
    return await ServeDiscord.RunAsync(options);
}

Output.Error("Usage: dotnet run --project tests/NewsBot.Testing -- feeds [--port N]");
Output.Error("       dotnet run --project tests/NewsBot.Testing -- discord [--port N] [--data FILE]");
return 2;
