using NewsBot;
using NewsBot.Cli;

return await CommandLineDoor.RunAsync(args, ServeCommand.RunAsync);
