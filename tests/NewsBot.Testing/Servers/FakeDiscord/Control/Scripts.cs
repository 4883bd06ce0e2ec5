using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Faults;
using NewsBot.Testing.Servers.FakeDiscord.Gateway;
using NewsBot.Testing.Servers.Limits;

namespace NewsBot.Testing.Servers.FakeDiscord.Control;

/// <summary>Faults and limits as they are written in JSON.</summary>
internal static class Scripts
{
    /// <summary>Adds a fault as it is written in JSON: of the REST routes, of the gateway, or at random for both.</summary>
    /// <exception cref="FormatException">It is written wrongly.</exception>
    public static void AddFault(FakeDiscordServer server, JsonObject written)
    {
        if (written["seed"] is not null)
        {
            var seed = (int?)written["seed"] ?? 1;
            server.Faults.Randomly(seed, (double?)written["rate"] ?? 0.05);
            server.Gateway.Faults.Add(GatewayFaults.Random(seed, (int?)written["gateway"] ?? 5));
            return;
        }

        var kind = written["kind"]?.ToString().Replace("_", "", StringComparison.Ordinal) ?? "";
        var isGateway = (bool?)written["gateway"] ?? !IsRest(kind) || written.ContainsKey("at");
        if (isGateway)
        {
            var copy = (JsonObject)written.DeepClone();
            copy.Remove("gateway");
            server.Gateway.Faults.Add(GatewayFault.Read(copy));
        }
        else
        {
            server.Faults.Add(FakeFaultRule.Read(written));
        }
    }

    /// <summary>Sets limits: {"create":{"count":5,"ms":5000}}; {"unlimited":true} first takes all away.</summary>
    /// <exception cref="FormatException">There is no such limit.</exception>
    public static void SetLimits(FakeDiscordServer server, JsonObject written)
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
                    one.PropertyType == typeof(FakeLimit)
                    && one.Name.Equals(
                        name.Replace("_", "", StringComparison.Ordinal),
                        StringComparison.OrdinalIgnoreCase
                    )
                );
            if (property is null || value is not JsonObject limit)
            {
                throw new FormatException($"There is no limit {name}.");
            }

            property.SetValue(
                server.Options.Limits,
                new FakeLimit((int?)limit["count"] ?? 1, TimeSpan.FromMilliseconds((double?)limit["ms"] ?? 1000))
            );
        }
    }

    private static bool IsRest(string kind) =>
        kind.StartsWith("429", StringComparison.Ordinal) || Enum.TryParse<FakeFaultKind>(kind, true, out _);
}
