using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Clients.Slack.WebApi;
using NewsBot.Core.Posts;

namespace NewsBot.Chat.Slack;

/// <summary>
/// Posts, changes and deletes copies of comments. They stand under their authors' names where the workspace lets such
/// messages be changed and deleted too, which the first of them finds out; elsewhere the name stands in the text.
/// </summary>
internal sealed partial class SlackCopies(SlackSender sender, SlackGuises guises, ILogger<SlackCopies> logger)
{
    // Finding out takes four calls.
    private static readonly TimeSpan WhileTrying = TimeSpan.FromSeconds(1);

    /// <exception cref="SlackException">Slack refuses it for another reason, or does not answer.</exception>
    public async Task<PublishOutcome> CreateAsync(
        SlackPost post,
        SlackInstall install,
        CancellationToken cancellationToken
    )
    {
        if (SlackCopyText.Name(post.Outgoing.Body) is not { } name)
        {
            return await PostAsync(post.Named(isInText: true), install, cancellationToken);
        }

        switch (await guises.FindAsync(install, cancellationToken))
        {
            case SlackGuise.Refused:
                return await PostAsync(post.Named(isInText: true), install, cancellationToken);
            case SlackGuise.Unknown when !guises.TryBegin(install.Team):
                return new PublishOutcome.Throttled(WhileTrying);
            case SlackGuise.Unknown:
                try
                {
                    return await TryAsync(post, name, install, cancellationToken);
                }
                finally
                {
                    guises.End(install.Team);
                }

            default:
                return await PostUnderNameAsync(post, name, install, cancellationToken) is { } ts
                    ? new PublishOutcome.Sent(ts.Text)
                    : await PostAsync(post.Named(isInText: true), install, cancellationToken);
        }
    }

    /// <inheritdoc cref="CreateAsync" path="/exception" />
    public async Task<PublishOutcome> EditAsync(
        SlackPost post,
        SlackInstall install,
        CancellationToken cancellationToken
    )
    {
        var name = SlackCopyText.Name(post.Outgoing.Body);
        var guise = await guises.FindAsync(install, cancellationToken);
        try
        {
            var isInText = name is null || guise is SlackGuise.Lost or SlackGuise.Refused;
            var sent = await sender.ChangeAsync(post.Named(isInText), post.Message, install.Api, cancellationToken);
            if (!isInText && !IsUnder(name!, sent.Posted.Message))
            {
                await sender.ChangeAsync(post.Named(isInText: true), post.Message, install.Api, cancellationToken);
            }

            return new PublishOutcome.Sent(post.Message.Text);
        }
        catch (SlackException error) when (IsFixed(error))
        {
            await NoticeAsync(install, guise, error, cancellationToken);
            LogFixed(post.Outgoing.Id, error.Code);
            // What is not to be read any more must not stay because it cannot be changed.
            return name is null && await TryDeleteAsync(post, post.Message, install, cancellationToken)
                ? new PublishOutcome.MessageGone()
                : Fixed(error);
        }
    }

    /// <inheritdoc cref="CreateAsync" path="/exception" />
    public async Task<PublishOutcome> DeleteAsync(
        SlackPost post,
        SlackInstall install,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await sender.DeleteAsync(post, post.Message, install.Api, cancellationToken);
        }
        catch (SlackException error) when (error.Kind is SlackErrorKind.MessageGone)
        {
            // It is gone, which is what was asked for.
        }
        catch (SlackException error) when (IsFixed(error))
        {
            var guise = await guises.FindAsync(install, cancellationToken);
            await NoticeAsync(install, guise, error, cancellationToken);
            LogFixed(post.Outgoing.Id, error.Code);
            try
            {
                await sender.ChangeAsync(post.Emptied(), post.Message, install.Api, cancellationToken);
            }
            catch (SlackException second) when (IsFixed(second))
            {
                return Fixed(second);
            }
        }

        return new PublishOutcome.Sent(post.Message.Text);
    }

    /// <summary>
    /// Posts the first copy of a workspace, changes it to what it is, deletes it and posts it again. Wherever that ends, what
    /// stands there is the copy and nothing else.
    /// </summary>
    private async Task<PublishOutcome> TryAsync(
        SlackPost post,
        string name,
        SlackInstall install,
        CancellationToken cancellationToken
    )
    {
        if (await PostUnderNameAsync(post, name, install, cancellationToken) is not { } ts)
        {
            return await PostAsync(post.Named(isInText: true), install, cancellationToken);
        }

        if (await guises.FindAsync(install, cancellationToken) is SlackGuise.Refused)
        {
            return new PublishOutcome.Sent(ts.Text);
        }

        bool isKept;
        try
        {
            var changed = await sender.ChangeAsync(post, ts, install.Api, cancellationToken);
            isKept = IsUnder(name, changed.Posted.Message);
            if (!await TryDeleteAsync(post, ts, install, cancellationToken))
            {
                await RefuseAsync(install, "cant_delete_message", cancellationToken);
                return new PublishOutcome.Sent(ts.Text);
            }
        }
        catch (SlackException error) when (IsFixed(error))
        {
            await RefuseAsync(install, error.Code, cancellationToken);
            return await TryDeleteAsync(post, ts, install, cancellationToken)
                ? await PostAsync(post.Named(isInText: true), install, cancellationToken)
                : new PublishOutcome.Sent(ts.Text);
        }
        catch (SlackException error)
        {
            LogUndecided(install.Team, error.Code);
            // A deletion whose end nobody knows: the next try looks what is there.
            return error.IsOutcomeUnknown
                ? new PublishOutcome.Failed("Slack did not say whether it took the post.")
                : new PublishOutcome.Sent(ts.Text);
        }

        await guises.KeepAsync(install, isKept ? SlackGuise.Kept : SlackGuise.Lost, reason: null, cancellationToken);
        return await PostAsync(post, install, cancellationToken);
    }

    /// <returns>The message; null where the workspace does not let it be posted under that name.</returns>
    private async Task<SlackTs?> PostUnderNameAsync(
        SlackPost post,
        string name,
        SlackInstall install,
        CancellationToken cancellationToken
    )
    {
        PostedMessage posted;
        try
        {
            posted = (await sender.PostAsync(post, install.Api, cancellationToken)).Posted;
        }
        catch (SlackException error) when (IsNameRefused(error))
        {
            await RefuseAsync(install, error.Code, cancellationToken);
            return null;
        }

        if (posted.Message is { } shown && !IsUnder(name, shown))
        {
            await RefuseAsync(install, "name_ignored", cancellationToken);
            try
            {
                await sender.ChangeAsync(post.Named(isInText: true), posted.Ts, install.Api, cancellationToken);
            }
            catch (SlackException error)
            {
                // It stands there without a name, which is better than twice.
                LogFixed(post.Outgoing.Id, error.Code);
            }
        }

        return posted.Ts;
    }

    private async Task<PublishOutcome> PostAsync(
        SlackPost post,
        SlackInstall install,
        CancellationToken cancellationToken
    ) => new PublishOutcome.Sent((await sender.PostAsync(post, install.Api, cancellationToken)).Posted.Ts.Text);

    private async Task<bool> TryDeleteAsync(
        SlackPost post,
        SlackTs message,
        SlackInstall install,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await sender.DeleteAsync(post, message, install.Api, cancellationToken);
            return true;
        }
        catch (SlackException error) when (IsFixed(error))
        {
            return false;
        }
    }

    // A rule about old messages or records has nothing to do with names.
    private async Task NoticeAsync(
        SlackInstall install,
        SlackGuise guise,
        SlackException error,
        CancellationToken cancellationToken
    )
    {
        if (guise is not SlackGuise.Refused && error.Code is "cant_update_message" or "cant_delete_message")
        {
            await RefuseAsync(install, error.Code, cancellationToken);
        }
    }

    private async Task RefuseAsync(SlackInstall install, string code, CancellationToken cancellationToken)
    {
        LogRefused(install.Team, code);
        await guises.KeepAsync(install, SlackGuise.Refused, code, cancellationToken);
    }

    // Slack names the bot where it shows no other name.
    private static bool IsUnder(string name, Message? message) =>
        message?.Username is { Length: > 0 } shown && (shown == name || shown != message.BotProfile?.Name);

    private static bool IsNameRefused(SlackException error) =>
        error.IsMissingScope && error.Needed?.Contains(SlackGuises.Scope, StringComparison.Ordinal) != false;

    private static bool IsFixed(SlackException error) =>
        error.Kind is SlackErrorKind.Unchangeable
        || error.Code.StartsWith("restricted_action", StringComparison.Ordinal);

    private static PublishOutcome.Rejected Fixed(SlackException error) =>
        new($"Slack does not let the copy be changed or deleted ({error.Code}); it stays as it is.");

    [LoggerMessage(
        LogLevel.Warning,
        "Workspace {Team} of Slack does not take messages under other names ({Code}); names stand in the text"
    )]
    private partial void LogRefused(string team, string code);

    [LoggerMessage(
        LogLevel.Information,
        "Whether workspace {Team} of Slack takes other names is not known yet ({Code})"
    )]
    private partial void LogUndecided(string team, string code);

    [LoggerMessage(LogLevel.Warning, "Slack does not let the copy of {Post} be changed or deleted ({Code})")]
    private partial void LogFixed(PostId post, string code);
}
