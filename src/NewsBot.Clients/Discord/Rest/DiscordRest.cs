using System.Text.Json;
using NewsBot.Clients.Http;

namespace NewsBot.Clients.Discord.Rest;

/// <summary>
/// The calls of Discord's REST API that the bot makes. Waits for rate limits by itself; tries again only what cannot
/// happen twice. Every call throws <see cref="DiscordException"/> where Discord refuses or does not answer. After Discord
/// has refused the token, every call fails at once until a new instance is made.
/// Source: https://discord.com/developers/docs/reference
/// </summary>
public sealed partial class DiscordRest : IDisposable
{
    private readonly DiscordRestOptions _options;
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly RestSender _sender;

    /// <param name="options">Where and as whom.</param>
    /// <param name="http">Sends; its time-out and base address are not used. Owned by the caller. Its handler should be
    /// like <see cref="CreateHandler"/>: redirects off, no cookies.</param>
    /// <param name="time">For rate limits and time-outs.</param>
    /// <exception cref="ArgumentException">The address is neither https nor on this machine, or the token is no token.</exception>
    public DiscordRest(DiscordRestOptions options, HttpClient http, TimeProvider time)
    {
        if (!HttpRules.Allows(options.BaseUrl))
        {
            throw new ArgumentException(
                "Discord is spoken to over https; plain http is for this machine only.",
                nameof(options)
            );
        }

        if (!HttpRules.IsToken(options.Token))
        {
            throw new ArgumentException("The bot token is empty or has characters that no token has.", nameof(options));
        }

        _options = options;
        _http = http;
        _time = time;
        _sender = new RestSender(options, http, time);
    }

    /// <summary>A handler as these calls need it: no redirects, no cookies, and addresses looked up again now and then.</summary>
    public static SocketsHttpHandler CreateHandler() => HttpRules.CreateHandler();

    public void Dispose() => _sender.Dispose();

    private async Task<T> CallAsync<T>(RestCall call, CancellationToken cancellationToken)
    {
        var answer = await _sender.SendAsync(call, cancellationToken);
        var isRead = call.Method == HttpMethod.Get;
        if (answer is null || answer.Body.IsEmpty)
        {
            throw new DiscordException(answer?.Status, 0, $"Discord's answer is empty ({call.Route}).")
            {
                IsOutcomeUnknown = !isRead,
            };
        }

        try
        {
            return JsonSerializer.Deserialize<T>(answer.Body.Span, DiscordJson.Options)
                ?? throw new JsonException("Only null.");
        }
        catch (JsonException)
        {
            // The reason is left out: it may quote what somebody wrote.
            throw new DiscordException(answer.Status, 0, $"Discord's answer is not as documented ({call.Route}).")
            {
                IsOutcomeUnknown = !isRead,
            };
        }
    }

    private Task CallAsync(RestCall call, CancellationToken cancellationToken) =>
        _sender.SendAsync(call, cancellationToken);

    private static RestCall Get(string template, string path, string major) =>
        new(HttpMethod.Get, template, path, major) { IsRepeatable = true };

    private static RestCall Get(string template, string path, Snowflake major) => Get(template, path, major.ToString());
}
