using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Faults;
using NewsBot.Testing.Servers.FakeSlack.Stored;
using NewsBot.Testing.Servers.Limits;

namespace NewsBot.Testing.Servers.FakeSlack.Control;

/// <summary>Faults, limits and addresses as they are written in JSON.</summary>
internal static class Scripts
{
    /// <summary>The addresses below a base, such as http://127.0.0.1:5000/slack.</summary>
    public static StoredUrls Urls(string baseUrl)
    {
        var root = baseUrl.TrimEnd('/');
        return new StoredUrls($"{root}/events", $"{root}/commands", $"{root}/interactions", $"{root}/options");
    }

    /// <summary>
    /// Reads where requests go: {"url":base}, or {"events":…,"commands":…,"interactions":…,"options":…}; {} is Socket Mode.
    /// </summary>
    public static StoredUrls? Urls(JsonObject written)
    {
        if (written["url"]?.ToString() is { Length: > 0 } root)
        {
            return Urls(root);
        }

        var urls = new StoredUrls(
            written["events"]?.ToString(),
            written["commands"]?.ToString(),
            written["interactions"]?.ToString(),
            written["options"]?.ToString()
        );
        return urls == new StoredUrls(null, null, null, null) ? null : urls;
    }

    /// <summary>Adds a fault as it is written in JSON, or faults at random: {"seed":7,"rate":0.05}.</summary>
    /// <exception cref="FormatException">It is written wrongly.</exception>
    public static void AddFault(FakeSlackServer server, JsonObject written)
    {
        if (written["seed"] is not null)
        {
            server.Faults.Randomly((int?)written["seed"] ?? 1, (double?)written["rate"] ?? 0.05);
            return;
        }

        server.Faults.Add(FakeFaultRule.Read(written));
    }

    /// <summary>
    /// Sets limits: {"tier3":{"count":50,"ms":60000},"channel":{"count":3,"ms":1000}}; {"unlimited":true} first takes all
    /// away.
    /// </summary>
    /// <exception cref="FormatException">There is no such limit.</exception>
    public static void SetLimits(FakeSlackServer server, JsonObject written)
    {
        if ((bool?)written["unlimited"] == true)
        {
            server.Options.Limits = FakeLimits.Unlimited();
        }

        foreach (var (name, value) in written.Where(field => field.Key != "unlimited"))
        {
            var property = typeof(FakeLimits)
                .GetProperties()
                .FirstOrDefault(one =>
                    one.Name.Equals(name.Replace("_", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)
                );
            if (property is null || value is not JsonObject limit)
            {
                throw new FormatException($"There is no limit {name}.");
            }

            var count = (int?)limit["count"] ?? 1;
            var length = TimeSpan.FromMilliseconds((double?)limit["ms"] ?? 1000);
            property.SetValue(
                server.Options.Limits,
                property.PropertyType == typeof(FakePace) ? new FakePace(count, length) : new FakeLimit(count, length)
            );
        }
    }
}
