using NewsBot;

return await ServeCommand.RunAsync(args);
