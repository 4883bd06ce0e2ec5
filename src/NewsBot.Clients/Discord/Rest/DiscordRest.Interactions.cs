using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Http;

namespace NewsBot.Clients.Discord.Rest;

/// <content>Commands and answers to interactions.</content>
public sealed partial class DiscordRest
{
    private const string CommandsTemplate = "/applications/{application}/commands";

    // Discord shows the asker an error after this time, and takes no answer any more.
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(3);

    private const int AlreadyAnswered = 40060;

    /// <summary>The application's global commands. Source: https://discord.com/developers/docs/interactions/application-commands#get-global-application-commands</summary>
    public Task<IReadOnlyList<ApplicationCommand>> GetCommandsAsync(
        Snowflake application,
        CancellationToken cancellationToken
    ) =>
        CallAsync<IReadOnlyList<ApplicationCommand>>(
            Get(CommandsTemplate, $"/applications/{application}/commands?with_localizations=true", ""),
            cancellationToken
        );

    /// <summary>Replaces all global commands of the application. Source: https://discord.com/developers/docs/interactions/application-commands#bulk-overwrite-global-application-commands</summary>
    public Task<IReadOnlyList<ApplicationCommand>> PutCommandsAsync(
        Snowflake application,
        IReadOnlyList<ApplicationCommand> commands,
        CancellationToken cancellationToken
    )
    {
        var call = new RestCall(HttpMethod.Put, CommandsTemplate, $"/applications/{application}/commands", "")
        {
            Body = RestBody.Of(commands),
            IsRepeatable = true,
        };
        return CallAsync<IReadOnlyList<ApplicationCommand>>(call, cancellationToken);
    }

    /// <summary>
    /// Answers an interaction; has to arrive within three seconds of it, and gives up after as many.
    /// Source: https://discord.com/developers/docs/interactions/receiving-and-responding#create-interaction-response
    /// </summary>
    public Task RespondAsync(
        Snowflake interaction,
        string token,
        InteractionResponse response,
        IReadOnlyList<UploadFile> files,
        CancellationToken cancellationToken
    )
    {
        var call = new RestCall(
            HttpMethod.Post,
            "/interactions/{interaction}/{token}/callback",
            $"/interactions/{interaction}/{Segment(token)}/callback",
            $"{interaction}/{token}"
        )
        {
            Body = RestBody.Of(Harmless(response, files), files),
            IsAuthorized = false,
            IsOutsideGlobal = true,
            HasNoBucket = true,
            IsRepeatable = true,
            DoneCode = AlreadyAnswered,
            Deadline = AnswerWithin,
        };
        return CallAsync(call, cancellationToken);
    }

    /// <summary>
    /// Changes the first answer, within 15 minutes of the interaction.
    /// Source: https://discord.com/developers/docs/interactions/receiving-and-responding#edit-original-interaction-response
    /// </summary>
    public Task EditResponseAsync(
        Snowflake application,
        string token,
        NewMessage message,
        IReadOnlyList<UploadFile> files,
        CancellationToken cancellationToken
    )
    {
        var payload = Plain(message, []);
        var call = new RestCall(
            HttpMethod.Patch,
            "/webhooks/{application}/{token}/messages/@original",
            $"/webhooks/{application}/{Segment(token)}/messages/@original",
            $"{application}/{token}"
        )
        {
            Body = RestBody.Of(payload, files),
            IsAuthorized = false,
            IsOutsideGlobal = true,
            IsRepeatable = files.Count == 0 || message.Attachments is not null,
        };
        return CallAsync(call, cancellationToken);
    }

    /// <summary>
    /// Sends another message to who asked, within 15 minutes of the interaction. Never tried again by itself.
    /// Source: https://discord.com/developers/docs/interactions/receiving-and-responding#create-followup-message
    /// </summary>
    public Task<Message> FollowUpAsync(
        Snowflake application,
        string token,
        NewMessage message,
        IReadOnlyList<UploadFile> files,
        CancellationToken cancellationToken
    )
    {
        var call = new RestCall(
            HttpMethod.Post,
            "/webhooks/{application}/{token}",
            $"/webhooks/{application}/{Segment(token)}?wait=true",
            $"{application}/{token}"
        )
        {
            Body = RestBody.Of(Plain(message, files), files),
            IsAuthorized = false,
            IsOutsideGlobal = true,
        };
        return CallAsync<Message>(call, cancellationToken);
    }

    /// <exception cref="ArgumentException">It would lead to another address.</exception>
    private static string Segment(string token) =>
        HttpRules.IsToken(token) && token is not ("." or "..")
            ? Uri.EscapeDataString(token)
            : throw new ArgumentException("The token in the path has characters that no token has.", nameof(token));

    private static InteractionResponse Harmless(InteractionResponse response, IReadOnlyList<UploadFile> files)
    {
        if (response.Type is not (InteractionResponseType.Message or InteractionResponseType.UpdateMessage))
        {
            return response;
        }

        var data = response.Data ?? new InteractionResponseData();
        return response with
        {
            Data = data with
            {
                AllowedMentions = data.AllowedMentions ?? AllowedMentions.Nobody,
                Attachments = RestBody.Drafts(data.Attachments, files),
            },
        };
    }
}
