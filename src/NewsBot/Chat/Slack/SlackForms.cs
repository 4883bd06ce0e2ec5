using NewsBot.Clients.Slack.Objects;
using NewsBot.Clients.Slack.WebApi;
using NewsBot.Core.Commands;
using NewsBot.Core.Feeds;
using NewsBot.Storage;
using Role = NewsBot.Core.Communities.Role;

namespace NewsBot.Chat.Slack;

/// <summary>Opens windows. What opens one is good for three seconds, so an empty one comes first and is filled then.</summary>
internal sealed partial class SlackForms(
    SlackRunner runner,
    SlackRooms rooms,
    SlackAnswers answers,
    SlackHome home,
    SlackChannelChoice choice,
    SlackAccounts accounts,
    Database database,
    ILogger<SlackForms> logger
)
{
    private const string TooLate =
        "Slack gave too little time to open the window. Use it once more, or write the command as a line; `/news help` shows how.";

    /// <summary>Opens a form by its name.</summary>
    /// <param name="ask">What opened it.</param>
    /// <param name="kind">See <see cref="SlackFormKinds"/>.</param>
    /// <param name="source">The source it is about, as somebody named it; null where they are asked.</param>
    /// <param name="onTop">Whether it comes on top of a window that is open.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public Task OpenAsync(SlackAsk ask, string kind, string? source, bool onTop, CancellationToken cancellationToken) =>
        OpenAsync(ask, onTop, (asker, token) => BuildAsync(ask, asker, kind, source, token), cancellationToken);

    /// <summary>Opens a window and fills it.</summary>
    public async Task OpenAsync(
        SlackAsk ask,
        bool onTop,
        Func<SlackAsker, CancellationToken, Task<View>> build,
        CancellationToken cancellationToken
    )
    {
        if (await rooms.FindAsync(ask.Team, cancellationToken) is not { } room || ask.Trigger is not { } trigger)
        {
            await SayAsync(ask, SlackRunner.Elsewhere, cancellationToken);
            return;
        }

        View opened;
        try
        {
            opened = onTop
                ? await room.Api.PushViewAsync(trigger, SlackViews.Loading(), cancellationToken)
                : await room.Api.OpenViewAsync(trigger, SlackViews.Loading(), cancellationToken);
        }
        catch (SlackException error)
        {
            LogClosed(error.Code, error.Message);
            await SayAsync(ask, TooLate, cancellationToken);
            return;
        }

        var view = await answers.GuardAsync(
            token => FillAsync(ask, build, token),
            SlackViews.Result,
            cancellationToken
        );
        await ShowAsync(room, opened, view, cancellationToken);
    }

    /// <summary>The form that asks for a login, where the asker may give one.</summary>
    public async Task<View> LoginAsync(SlackAsker asker, SlackFormState state, CancellationToken cancellationToken)
    {
        if (SlackLoginForm.Place(state) is { } place)
        {
            return SlackFormViews.Login($"Login of {place.Url.Host}", state);
        }

        var found = await database.ReadAsync(
            connection => AdminStore.SourceAsync(connection, asker.Room.Workspace.Community, state.Source ?? ""),
            cancellationToken
        );
        if (found.Value is not { } source)
        {
            return SlackViews.Result(found.Problem);
        }

        // Before somebody types a secret, it is told that it would be refused.
        return
            state.Header is { } header
            && FeedLogin.OfHeader(new Uri(source.Url), header, "x") is { Login: null, Problem: var no }
            ? SlackViews.Result(no)
            : SlackFormViews.Login(
                $"Login of {source.Name}",
                state with
                {
                    Source = FormattableString.Invariant($"source-{source.Id}"),
                }
            );
    }

    /// <summary>The form for a text of a source in a channel, as it is now.</summary>
    public Task<View> TextAsync(
        SlackAsker asker,
        SourceForm form,
        string asked,
        SlackChosenChannel channel,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync(
            async connection =>
            {
                var found = await AdminStore.SourceAsync(connection, asker.Room.Workspace.Community, asked);
                return found.Value is not { } source
                    ? SlackViews.Result(found.Problem)
                    : SlackFormViews.Text(
                        form,
                        source.Name,
                        await form.ReadAsync(connection, source.Id, channel.Id),
                        new SlackFormState(
                            Channel: channel.Id.ToString(),
                            Source: FormattableString.Invariant($"source-{source.Id}")
                        )
                    );
            },
            cancellationToken
        );

    private async Task<View> FillAsync(
        SlackAsk ask,
        Func<SlackAsker, CancellationToken, Task<View>> build,
        CancellationToken cancellationToken
    )
    {
        var found = await runner.KeepAskerAsync(ask, cancellationToken);
        return found.Value is { } asker ? await build(asker, cancellationToken) : SlackViews.Result(found.Problem);
    }

    private async Task<View> BuildAsync(
        SlackAsk ask,
        SlackAsker asker,
        string kind,
        string? source,
        CancellationToken cancellationToken
    )
    {
        var state = new SlackFormState(Channel: ask.Channel);
        if (kind == SlackFormKinds.Home)
        {
            return await home.BuildAsync(asker, state, cancellationToken);
        }

        if (SlackFormKinds.Verb(kind) is not { } verb)
        {
            return SlackViews.Result("This form is not known any more. Use the command again.");
        }

        if (asker.Member.Role < verb.Role || asker.Member.Role < Role.Admin)
        {
            return SlackViews.Result(CommandHelp.Refusal(verb));
        }

        switch (kind)
        {
            case SlackFormKinds.Source:
                return SlackFormViews.Source(state);
            case SlackFormKinds.Digest:
                return SlackFormViews.Digest(state, await ZoneAsync(ask, asker, cancellationToken));
            case SlackFormKinds.Import:
                return SlackFormViews.Import(state);
            case SlackFormKinds.Login when source is not null:
                return await LoginAsync(asker, LoginState(source), cancellationToken);
            case SlackFormKinds.Filter or SlackFormKinds.Template when source is not null:
                var chosen = await choice.KeepAsync(asker, ask.Channel, cancellationToken);
                return chosen.Value is { } channel
                    ? await TextAsync(asker, SourceForm.Of(kind)!, source, channel, cancellationToken)
                    : SlackViews.Result(chosen.Problem);
            default:
                return SlackFormViews.Pick(kind, state);
        }
    }

    // "login set The Daily --header X-Key" names the header too.
    private static SlackFormState LoginState(string asked) =>
        CommandLine.Parse($"login set {asked}") is CommandLineOutcome.Found { Command: var command }
            ? new SlackFormState(Source: command["source"], Header: command.Option("header"))
            : new SlackFormState(Source: asked);

    private async Task<string> ZoneAsync(SlackAsk ask, SlackAsker asker, CancellationToken cancellationToken)
    {
        var account = await accounts.FindAsync(asker.Room, ask.User, SlackAccounts.ForLooking, cancellationToken);
        return account?.Zone is { } zone && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _) ? zone : "UTC";
    }

    /// <summary>Fills a window, unless it was closed or has changed since.</summary>
    public async Task<bool> ShowAsync(SlackRoom room, View opened, View view, CancellationToken cancellationToken)
    {
        try
        {
            await room.Api.UpdateViewAsync(opened.Id ?? "", opened.Hash, view, cancellationToken);
            return true;
        }
        catch (SlackException error)
        {
            LogClosed(error.Code, error.Message);
            return error.IsOutcomeUnknown;
        }
    }

    private Task SayAsync(SlackAsk ask, string markdown, CancellationToken cancellationToken) =>
        answers.AnswerAsync(ask, inPlace: false, _ => Task.FromResult(new SlackAnswer(markdown)), cancellationToken);

    [LoggerMessage(LogLevel.Information, "A window could not be opened or filled in Slack ({Code}): {Reason}")]
    private partial void LogClosed(string code, string reason);
}
