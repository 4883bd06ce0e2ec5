using NewsBot.Testing;

if (args is ["feeds", .. var rest] && ServeFeeds.Port(rest) is { } port)
{
    return await ServeFeeds.RunAsync(port);
}

Output.Error("Usage: dotnet run --project tests/NewsBot.Testing -- feeds [--port N]");
return 2;
