using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace NewsBot.Clients.Slack.WebApi;

/// <summary>
/// The arguments of a call, as a form: every method takes one, only some take JSON. What is null or empty is left out.
/// Source: https://docs.slack.dev/apis/web-api#post_bodies
/// </summary>
internal sealed class WebForm
{
    private readonly StringBuilder _text = new();

    public WebForm Add(string name, string? value)
    {
        if (value is not null)
        {
            _text.Append(_text.Length == 0 ? "" : "&").Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return this;
    }

    public WebForm Add(string name, SlackTs ts) => Add(name, ts.IsEmpty ? null : ts.Text);

    public WebForm Add(string name, bool? value) =>
        Add(
            name,
            value switch
            {
                null => null,
                true => "true",
                false => "false",
            }
        );

    public WebForm Add(string name, int value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Objects and lists stand in a form as JSON.</summary>
    public WebForm AddJson<T>(string name, T? value)
        where T : class => Add(name, value is null ? null : JsonSerializer.Serialize(value, SlackJson.Options));

    /// <summary>Made anew for every try: sending uses it up.</summary>
    public HttpContent Make()
    {
        var content = new ByteArrayContent(Encoding.ASCII.GetBytes(_text.ToString()));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded", "utf-8");
        return content;
    }
}
