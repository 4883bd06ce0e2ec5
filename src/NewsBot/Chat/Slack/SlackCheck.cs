using System.Data.Common;
using Microsoft.Extensions.Options;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Clients.Slack.WebApi;
using NewsBot.Storage;
using NewsBot.Web;

namespace NewsBot.Chat.Slack;

/// <summary>
/// Looks whether a workspace lets the bot do its work, and enters the public channels it is to post to. What is wrong is
/// told once to its admins; a channel that cannot be posted to is parked, and its posts go out once it is mended.
/// </summary>
internal sealed partial class SlackCheck(
    SlackInstalls installs,
    SlackJoin join,
    SlackSockets sockets,
    SlackSeals seals,
    Database database,
    IOptions<SlackOptions> options,
    IOptions<WebOptions> web,
    TimeProvider time,
    ILogger<SlackCheck> logger
) : IWorkspaceCheck
{
    private readonly SlackRemedy _remedy = SlackRemedy.Of(options.Value, web.Value);

    public string Platform => "slack";

    public async Task<CheckOutcome> RunAsync(string workspace, CancellationToken cancellationToken)
    {
        if (
            await database.ReadAsync(connection => ChatPlaces.Slack.FindAsync(connection, workspace), cancellationToken)
            is not { RemovedAt: null } known
        )
        {
            return CheckOutcome.NotOurs;
        }

        var tracked = await database.ReadAsync(
            connection => ChatTroubles.TrackedAsync(connection, known.Id),
            cancellationToken
        );
        IReadOnlyList<ChatProblem> problems;
        try
        {
            if (await installs.FindAsync(workspace, cancellationToken) is not { } install)
            {
                return CheckOutcome.NotOurs;
            }

            problems = SlackProblems.Of(await LookAsync(install, tracked, cancellationToken), tracked, _remedy);
        }
        catch (SlackException error) when (error.IsInstallDead)
        {
            LogRefused(workspace, error.Code);
            await installs.NoticeAsync(workspace, error, cancellationToken);
            problems = [SlackProblems.TokenRefused(_remedy)];
        }
        catch (SlackException error)
        {
            // An outage; nothing is concluded.
            await installs.NoticeAsync(workspace, error, cancellationToken);
            LogUnreachable(workspace, error.Code);
            return CheckOutcome.Unreachable;
        }

        var isWell = await database.WriteAsync(
            connection => SaveAsync(connection, known, tracked, problems),
            cancellationToken
        );
        return isWell ? CheckOutcome.Well : CheckOutcome.Troubled;
    }

    private Task<bool> SaveAsync(
        DbConnection connection,
        ChatWorkspace workspace,
        IReadOnlyList<ChatTracked> tracked,
        IReadOnlyList<ChatProblem> problems
    ) => ChatTroubles.SaveAsync(connection, workspace.Id, tracked, problems, SlackProblems.OwnCauses, time.GetUtcNow());

    private async Task<SlackSight> LookAsync(
        SlackInstall install,
        IReadOnlyList<ChatTracked> tracked,
        CancellationToken cancellationToken
    )
    {
        // Asked anew each time: scopes are added while we run.
        var self = await install.Api.TestAuthAsync(cancellationToken);
        Dictionary<string, SlackChannelSight> channels = new(StringComparer.Ordinal);
        foreach (var channel in tracked)
        {
            if (await ChannelAsync(install.Api, channel.External, cancellationToken) is { } seen)
            {
                channels[channel.External] = seen;
            }
        }

        return new SlackSight(self.Scopes, channels)
        {
            NamesRefused = await LearnAsync(install.Team, self, cancellationToken),
            IsSocketRefused = await sockets.IsRefusedAsync(cancellationToken),
            IsSecretWrong = seals.IsSecretWrong,
        };
    }

    /// <returns>Slack's word for why copies cannot stand under other names; null for none.</returns>
    private Task<string?> LearnAsync(string team, AuthIdentity self, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async connection =>
            {
                await SlackTeams.KeepUrlAsync(connection, team, SlackAddress.Of(self.Url, options.Value.Api));
                if (self.Scopes.Contains(SlackGuises.Scope, StringComparer.Ordinal))
                {
                    await SlackGuises.GrantAsync(connection, team);
                }

                return await SlackGuises.RefusalAsync(connection, team);
            },
            cancellationToken
        );

    /// <returns>Null where Slack does not let it be asked.</returns>
    private async Task<SlackChannelSight?> ChannelAsync(
        SlackWebApi api,
        string channel,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var found = await api.GetConversationAsync(channel, cancellationToken);
            return new SlackChannelSight(
                await EnterAsync(api, found, cancellationToken) ? found with { IsMember = true } : found
            );
        }
        catch (SlackException error) when (error.Code == "channel_not_found")
        {
            return new SlackChannelSight(null);
        }
        catch (SlackException error) when (error.IsMissingScope)
        {
            // Which scope it is, is told for the whole workspace.
            return null;
        }
    }

    private async Task<bool> EnterAsync(SlackWebApi api, Conversation channel, CancellationToken cancellationToken) =>
        channel is { IsMember: false, IsArchived: false, IsPrivate: false }
        && await join.TryAsync(api, channel.Id, cancellationToken);

    [LoggerMessage(LogLevel.Error, "Slack does not accept the token of workspace {Team} ({Code})")]
    private partial void LogRefused(string team, string code);

    [LoggerMessage(LogLevel.Warning, "Could not check workspace {Team} of Slack: {Code}")]
    private partial void LogUnreachable(string team, string code);
}
