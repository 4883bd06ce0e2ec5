using System.Security.Cryptography;
using System.Text.Json;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Discord.Rest;
using NewsBot.Storage;

namespace NewsBot.Chat.Discord;

/// <summary>Tells Discord once which commands there are, and again only where they have changed here or there.</summary>
internal sealed partial class DiscordRegister(
    DiscordRest rest,
    DiscordSelf self,
    Database database,
    TimeProvider time,
    ILogger<DiscordRegister> logger
) : BackgroundService
{
    /// <summary>Name of the setting that remembers what was registered.</summary>
    public const string Setting = "discord_commands";

    // A token or a network that does not work is not there a second later.
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>Registers where needed.</summary>
    /// <returns>True where Discord was told something.</returns>
    /// <exception cref="DiscordException">Discord refused, or did not answer.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var application = (await self.GetAsync(cancellationToken)).Application.Id;
        var commands = DiscordCatalogue.Build();
        var wanted = $"{application} {Hash(commands)}";
        var known = await database.ReadAsync(connection => Settings.ReadAsync(connection, Setting), cancellationToken);
        if (known == wanted)
        {
            var there = await rest.GetCommandsAsync(application, cancellationToken);
            if (Hash(Compared(there)) == Hash(Compared(commands)))
            {
                return false;
            }
        }

        await rest.PutCommandsAsync(application, commands, cancellationToken);
        await database.WriteAsync(
            connection => (Task)Settings.WriteAsync(connection, Setting, wanted),
            cancellationToken
        );
        LogRegistered(commands.Count);
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await RunAsync(stoppingToken);
                return;
            }
            catch (DiscordException error)
            {
                LogRefused(error.Code, error.Message, Fields(error), pause);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogBroken(error, pause);
            }

            await Task.Delay(pause, time, stoppingToken);
        }
    }

    /// <summary>What can be compared: Discord leaves out languages, and adds ids and what is usual.</summary>
    private static List<ApplicationCommand> Compared(IReadOnlyList<ApplicationCommand> commands) =>
        [
            .. commands
                .OrderBy(command => command.Type)
                .ThenBy(command => command.Name, StringComparer.Ordinal)
                .Select(command =>
                    command with
                    {
                        Id = null,
                        NameLocalizations = null,
                        DescriptionLocalizations = null,
                        Contexts = null,
                        Options = Compared(command.Options),
                    }
                ),
        ];

    private static IReadOnlyList<CommandOptionSpec>? Compared(IReadOnlyList<CommandOptionSpec>? options) =>
        options is not { Count: > 0 }
            ? null
            :
            [
                .. options.Select(option =>
                    option with
                    {
                        NameLocalizations = null,
                        DescriptionLocalizations = null,
                        Required = option.Required == true ? true : null,
                        Autocomplete = option.Autocomplete == true ? true : null,
                        Choices = option.Choices is { Count: > 0 } choices
                            ? [.. choices.Select(choice => choice with { NameLocalizations = null })]
                            : null,
                        ChannelTypes = option.ChannelTypes is { Count: > 0 } types ? [.. types.Order()] : null,
                        Options = Compared(option.Options),
                    }
                ),
            ];

    private static string Hash(IReadOnlyList<ApplicationCommand> commands) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(commands, DiscordJson.Options)));

    private static string Fields(DiscordException error) =>
        string.Join("; ", error.FieldErrors.Take(5).Select(field => $"{field.Key}: {field.Value}"));

    [LoggerMessage(LogLevel.Information, "Told Discord of {Commands} commands")]
    private partial void LogRegistered(int commands);

    [LoggerMessage(
        LogLevel.Warning,
        "Discord did not take the commands ({Code}): {Reason} {Fields}. They are offered again in {Pause}; until then people see the old ones"
    )]
    private partial void LogRefused(int code, string reason, string fields, TimeSpan pause);

    [LoggerMessage(LogLevel.Error, "Registering the commands with Discord broke; it is tried again in {Pause}")]
    private partial void LogBroken(Exception error, TimeSpan pause);
}
