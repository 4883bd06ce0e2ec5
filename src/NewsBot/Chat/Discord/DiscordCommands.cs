using System.Threading.Channels;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Storage;

namespace NewsBot.Chat.Discord;

/// <summary>Takes what people use in Discord, from the gateway or by HTTP, and answers it beside everything else.</summary>
internal sealed partial class DiscordCommands(
    DiscordRunner runner,
    DiscordAnswers answers,
    DiscordAutocomplete autocomplete,
    DiscordModals modals,
    DiscordLoginForm login,
    DiscordButtons buttons,
    DiscordMessageCommands messages,
    DiscordGuilds guilds,
    TimeProvider time,
    ILogger<DiscordCommands> logger
) : BackgroundService
{
    // What waits longer than three seconds is too late anyway.
    private const int MostWaiting = 256;

    // A slow one (a look at somebody's server) must not hold up the others.
    private const int MostAtOnce = 16;

    // Discord may tell the same event twice, soon after each other, and what it signed is good for five minutes before and
    // after its time.
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(15);

    // Every letter somebody types into a menu is one: these are seventy a second, and take 3 MB.
    private const int MostRemembered = 65_536;

    private readonly System.Threading.Channels.Channel<Interaction> _waiting =
        System.Threading.Channels.Channel.CreateBounded<Interaction>(
            new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.Wait }
        );

    private readonly Lock _lock = new();
    private readonly HashSet<Snowflake> _known = [];
    private readonly Queue<(Snowflake Id, DateTimeOffset At)> _order = [];

    /// <summary>Takes one, to be answered soon; returns at once, so the gateway goes on reading.</summary>
    /// <param name="interaction">As Discord sent it. One that was taken before is left out.</param>
    /// <param name="cancellationToken">Not taken when cancelled.</param>
    public Task HandleAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (interaction.Type != InteractionType.Ping && IsNew(interaction.Id) && !_waiting.Writer.TryWrite(interaction))
        {
            LogFull();
        }

        return Task.CompletedTask;
    }

    /// <summary>Answers one now. Never throws but for cancellation.</summary>
    public async Task AnswerAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        StorageHealth.FailAtOnce();
        try
        {
            await RouteAsync(DiscordPermissions.InGuild(interaction, guilds), cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogBroken(error, interaction.Type);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Parallel.ForEachAsync(
            _waiting.Reader.ReadAllAsync(stoppingToken),
            new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = stoppingToken },
            async (interaction, token) => await AnswerAsync(interaction, token)
        );

    private async Task RouteAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        switch (interaction.Type)
        {
            case InteractionType.Command when interaction.Data?.Type == ApplicationCommandType.Message:
                await messages.RunAsync(interaction, cancellationToken);
                break;
            case InteractionType.Command:
                await CommandAsync(interaction, cancellationToken);
                break;
            case InteractionType.Component
                when DiscordActions.IsButton(interaction.Data?.CustomId)
                    && DiscordLoginForm.Knows(interaction.Data?.CustomId):
                await login.PressAsync(interaction, cancellationToken);
                break;
            case InteractionType.Component:
                await buttons.PressAsync(interaction, cancellationToken);
                break;
            case InteractionType.Autocomplete:
                await answers.SuggestAsync(
                    interaction,
                    await autocomplete.FindAsync(interaction, cancellationToken),
                    cancellationToken
                );
                break;
            case InteractionType.ModalSubmit when DiscordLoginForm.Knows(interaction.Data?.CustomId):
                await login.SubmitAsync(interaction, cancellationToken);
                break;
            case InteractionType.ModalSubmit:
                await modals.SubmitAsync(interaction, cancellationToken);
                break;
            default:
                // A kind that Discord has added since.
                break;
        }
    }

    private Task CommandAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        if (interaction.Data is not { } data || DiscordInput.Read(data) is not { } input)
        {
            return answers.AnswerAsync(
                interaction,
                inPlace: false,
                _ =>
                    Task.FromResult(
                        new DiscordAnswer("This command is gone. Restart Discord to see the present ones.")
                    ),
                cancellationToken
            );
        }

        return DiscordLoginForm.Opens(input) ? login.OpenAsync(interaction, input, cancellationToken)
            : DiscordModals.Opens(input) ? modals.OpenAsync(interaction, input, cancellationToken)
            : answers.AnswerAsync(
                interaction,
                inPlace: false,
                async token => DiscordAnswer.Of(await runner.RunAsync(interaction, input, token)),
                cancellationToken
            );
    }

    private bool IsNew(Snowflake id)
    {
        lock (_lock)
        {
            if (!_known.Add(id))
            {
                return false;
            }

            var now = time.GetUtcNow();
            _order.Enqueue((id, now));
            while (_order.Count > MostRemembered || _order.Peek().At + Remembered < now)
            {
                _known.Remove(_order.Dequeue().Id);
            }

            return true;
        }
    }

    [LoggerMessage(LogLevel.Error, "More was used in Discord at once than can be answered; something was left out")]
    private partial void LogFull();

    [LoggerMessage(LogLevel.Error, "Something used in Discord ({Type}) could not be answered")]
    private partial void LogBroken(Exception error, InteractionType type);
}
