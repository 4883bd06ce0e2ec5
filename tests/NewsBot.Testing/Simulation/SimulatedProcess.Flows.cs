using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NewsBot.Chat;
using NewsBot.Chat.Discord;
using NewsBot.Chat.Slack;
using NewsBot.Clients.Discord.Gateway;
using NewsBot.Clients.Slack.SocketMode;
using NewsBot.Core.Feeds;
using NewsBot.Core.Flows;
using NewsBot.Core.Summaries;
using NewsBot.Storage;

namespace NewsBot.Testing.Simulation;

/// <content>What the background services and jobs repeat, one turn each.</content>
internal sealed partial class SimulatedProcess
{
    /// <summary>The flow that deletes what is old.</summary>
    public const string CleanUp = "clean up";

    private const string Watch = "storage watch";
    private const string Address = "wss://gateway.discord.gg/";

    private static readonly GatewayOptions Patience = new()
    {
        Token = "none",
        Intents = DiscordListener.Intents,
        UserAgent = "none",
    };

    private string _savedSession = "";
    private bool _discordIsUp;
    private bool _slackIsUp;

    private T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    private Dictionary<string, Func<CancellationToken, Task>> Flows()
    {
        var poll = new PollFeeds(
            Get<IFeedStore>(),
            Get<IFetcher>(),
            Get<IArticleReader>(),
            Get<Summariser>(),
            Get<NewsBot.Core.Stories.IStoryStore>(),
            Get<IOptions<PollingOptions>>(),
            Get<FlowMeter>(),
            Clock,
            NullLogger<PollFeeds>.Instance
        )
        {
            Workers = new StepScheduler(_world.Steps),
        };
        var inbox = ActivatorUtilities.CreateInstance<SlackInboxPump>(Services);
        return new Dictionary<string, Func<CancellationToken, Task>>(StringComparer.Ordinal)
        {
            ["connect discord"] = ConnectDiscordAsync,
            ["connect slack"] = ConnectSlackAsync,
            ["discord events"] = TakeDiscordAsync,
            ["slack events"] = TakeSlackAsync,
            ["slack inbox"] = inbox.RunAsync,
            ["posts"] = token => Get<SendPosts>().RunAsync(token),
            ["feeds"] = token => poll.RunAsync(token),
            ["digests"] = async token =>
            {
                await Get<PublishDigests>().RunAsync(token);
                await Get<TalkDigests>().RunAsync(token);
            },
            ["discord threads"] = async token =>
            {
                await Get<DiscordThreads>().OpenWantedAsync(token);
                await Get<DiscordThreadLocks>().RunAsync(token);
            },
            ["discord names"] = Get<DiscordThreadNames>().RunAsync,
            ["discord catch-up"] = CatchUpDiscordAsync,
            ["slack catch-up"] = CatchUpSlackAsync,
            ["discord check"] = Get<CheckRounds<DiscordCheck>>().RunAsync,
            ["slack check"] = Get<CheckRounds<SlackCheck>>().RunAsync,
            [CleanUp] = token => Get<Storage.CleanUp>().RunAsync(token),
        };
    }

    private async Task ConnectDiscordAsync(CancellationToken cancellationToken)
    {
        if (_discordIsUp && _world.Gateway.IsOpen)
        {
            return;
        }

        if (!_discordIsUp)
        {
            var tracking = Get<DiscordTracking>();
            await tracking.LoadAsync(cancellationToken);
            tracking.Self = (await Get<DiscordSelf>().GetAsync(cancellationToken)).User;
            _discordIsUp = true;
        }

        var dispatch = Get<DiscordDispatch>();
        var saved = await Get<DiscordSessions>().LoadAsync(0, cancellationToken);
        if (saved is not null && saved.SessionId == _world.Gateway.Session && _world.Random.Next(4) > 0)
        {
            _world.Trace.Add($"discord goes on after {saved.Sequence}");
            _world.Gateway.Resume(saved.Sequence);
            dispatch.OnState(new GatewayState.Resumed(0));
            return;
        }

        _world.Trace.Add("discord begins a session");
        _world.Weather.Count("gateway session lost");
        _world.Gateway.Begin();
        dispatch.OnState(new GatewayState.Ready(0));
    }

    private async Task TakeDiscordAsync(CancellationToken cancellationToken)
    {
        var (dispatch, gateway) = (Get<DiscordDispatch>(), _world.Gateway);
        var worker = new DispatchWorker(
            Patience,
            new DispatchQueue(1, 1),
            new GatewayReports(new TracedHandler(dispatch, _world), NullLogger<GatewayReports>.Instance),
            Clock,
            NullLogger<DispatchWorker>.Instance
        );
        while (gateway.Next() is { } next)
        {
            if (dispatch.Wants(next.Type, next.Data.Span))
            {
                _world.Trace.Add($"discord tells {next.Sequence} {next.Type}");
                await worker.HandleAsync(next, cancellationToken);
            }

            gateway.Done(next);
            var state = $"{gateway.Session} {gateway.Stored}";
            if (state != _savedSession && _world.Random.Next(3) == 0)
            {
                var resume = new GatewayResume(gateway.Session, Address, gateway.Stored);
                await Get<DiscordSessions>().SaveAsync(0, resume, cancellationToken);
                _savedSession = state;
            }
        }
    }

    private async Task CatchUpDiscordAsync(CancellationToken cancellationToken)
    {
        await Get<DiscordTracking>().RefreshAsync(cancellationToken);
        if (Get<DiscordState>().IsConnected)
        {
            await Get<DiscordCatchUp>().RunAsync(cancellationToken);
        }
    }

    private async Task ConnectSlackAsync(CancellationToken cancellationToken)
    {
        if (_slackIsUp && _world.Inbox.IsOpen)
        {
            return;
        }

        if (!_slackIsUp)
        {
            Get<SlackState>().Begin();
            Get<SlackCatchUp>().IsBehind = true;
            await Get<SlackTracking>().RefreshAsync(cancellationToken);
            await Get<SlackInstalls>().LoadAsync(cancellationToken);
            _slackIsUp = true;
        }

        _world.Trace.Add("slack is connected");
        _world.Inbox.IsOpen = true;
        Get<SlackDispatch>().OnState(new SlackSocketState.Connected(1, MayHaveMissed: true));
    }

    private async Task TakeSlackAsync(CancellationToken cancellationToken)
    {
        while (_world.Inbox.Next() is var (envelope, what, attempt))
        {
            _world.Trace.Add($"slack tells {what.EventId} {what.Type} {attempt}");
            try
            {
                await Get<SlackDispatch>().HandleAsync(envelope, cancellationToken);
                if (_world.Random.NextDouble() < _world.Weather.Repeats)
                {
                    _world.Weather.Count("slack event repeated");
                    _world.Inbox.Again(what, attempt);
                }
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                _world.Trace.Add($"slack {what.EventId} failed: {error.GetType().Name}");
                _world.Inbox.Again(what, attempt);
                return;
            }
        }
    }

    private async Task CatchUpSlackAsync(CancellationToken cancellationToken)
    {
        await Get<SlackTracking>().RefreshAsync(cancellationToken);
        await Get<SlackInstalls>().RenewDueAsync(cancellationToken);
        if (Get<SlackState>().IsConnected)
        {
            await Get<SlackPeople>().RunAsync(cancellationToken);
            await Get<SlackCatchUp>().RunAsync(cancellationToken);
        }
    }

    // As the watch's own loop, but only while there is something to look at: a timer that goes off every two seconds of many
    // days costs more than all else.
    private async Task WatchStorageAsync(CancellationToken cancellationToken)
    {
        while (Get<StorageHealth>().Trouble is not null)
        {
            await Task.Delay(StorageWatch.Tick, Clock, cancellationToken);
            await _watch.LookAsync(cancellationToken);
        }

        _world.Trace.Add("the disk takes what is written");
    }

    // Discord tells some things twice, and what cannot be handled is to be seen in the course of events.
    private sealed class TracedHandler(IGatewayHandler handler, World world) : IGatewayHandler
    {
        public bool Wants(string type, ReadOnlySpan<byte> data) => handler.Wants(type, data);

        public void OnState(GatewayState state) => handler.OnState(state);

        public async Task HandleAsync(GatewayEvent dispatch, CancellationToken cancellationToken)
        {
            try
            {
                await handler.HandleAsync(dispatch, cancellationToken);
                while (world.Random.NextDouble() < world.Weather.Repeats)
                {
                    world.Weather.Count("discord event repeated");
                    await handler.HandleAsync(dispatch, cancellationToken);
                }
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                world.Trace.Add($"discord {dispatch.Sequence} failed: {error.GetType().Name} {error.Message}");
                throw;
            }
        }
    }
}
