using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using NewsBot.Chat.Slack;
using NewsBot.Testing;
using YamlDotNet.RepresentationModel;

namespace NewsBot.Tests.Slack.Checks;

/// <summary>What people paste at Slack is what Slack takes and the code needs.</summary>
public sealed class SlackManifestTests
{
    private static readonly Lazy<JsonObject> Manifest = new(() =>
    {
        using var file = new StreamReader(Path.Combine(Checkout.Root, "config", "slack", "app-manifest.yaml"));
        var yaml = new YamlStream();
        yaml.Load(file);
        return (JsonObject)Convert(yaml.Documents[0].RootNode)!;
    });

    [Fact]
    public void It_is_within_slacks_rules()
    {
        var schema = JsonSchema.FromText(
            File.ReadAllText(
                Path.Combine(Checkout.Root, "tests", "NewsBot.Tests", "Slack", "Checks", "manifest-rules.json")
            )
        );

        var result = schema.Evaluate(
            JsonSerializer.SerializeToElement(Manifest.Value),
            new EvaluationOptions { OutputFormat = OutputFormat.List }
        );

        Assert.Empty(
            (result.Details ?? []).SelectMany(detail =>
                (detail.Errors ?? new Dictionary<string, string>()).Select(error =>
                    $"{detail.InstanceLocation}: {error.Value}"
                )
            )
        );
        Assert.True(result.IsValid);
    }

    [Fact]
    public void It_asks_for_the_scopes_the_code_needs() =>
        Assert.Equal(
            SlackScopes.All.Order(StringComparer.Ordinal),
            Words(Manifest.Value["oauth_config"]!["scopes"]!["bot"]!).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void It_names_the_command_and_the_shortcuts_that_are_answered()
    {
        var features = Manifest.Value["features"]!;

        Assert.Equal(SlackActions.Command, (string)Assert.Single(features["slash_commands"]!.AsArray())!["command"]!);
        Assert.Equal(
            SlackActions.Shortcuts,
            features["shortcuts"]!
                .AsArray()
                .Select(one => new SlackShortcut(
                    (string)one!["callback_id"]!,
                    (string)one["name"]!,
                    (string)one["description"]!
                ))
        );
    }

    [Fact]
    public void It_needs_no_public_address()
    {
        var settings = Manifest.Value["settings"]!;

        Assert.True((bool)settings["socket_mode_enabled"]!);
        Assert.DoesNotContain("https://", Manifest.Value.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("message.channels", Words(settings["event_subscriptions"]!["bot_events"]!));
    }

    [Fact]
    public async Task The_set_up_page_explains_every_scope()
    {
        var page = await File.ReadAllTextAsync(
            Path.Combine(Checkout.Root, "config", "slack", "README.md"),
            TestContext.Current.CancellationToken
        );

        Assert.All(SlackScopes.All, scope => Assert.Contains($"`{scope}`", page, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Words(JsonNode list) => list.AsArray().Select(one => (string)one!);

    // Only true and false are no text in ours.
    private static JsonNode? Convert(YamlNode node) =>
        node switch
        {
            YamlMappingNode map => new JsonObject(
                map.Children.Select(pair => new KeyValuePair<string, JsonNode?>(
                    ((YamlScalarNode)pair.Key).Value!,
                    Convert(pair.Value)
                ))
            ),
            YamlSequenceNode list => new JsonArray([.. list.Children.Select(Convert)]),
            YamlScalarNode { Value: "true" or "false" } word => JsonValue.Create(word.Value == "true"),
            YamlScalarNode word => JsonValue.Create(word.Value),
            _ => null,
        };
}
