using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using NewsBot.Testing;
using NewsBot.Testing.Newsrooms;
using YamlDotNet.RepresentationModel;

namespace NewsBot.Tests.Supply;

/// <summary>What runs NewsBot on a server (image, Compose, Kubernetes, systemd) against the program and against each other.</summary>
public sealed partial class ServerFilesTests
{
    private static readonly string[] Roles = ["poll", "post", "chat", "web"];

    public static TheoryData<string> Files =>
        [
            "Dockerfile",
            "config/compose/compose.yml",
            "config/kubernetes/newsbot.yaml",
            "config/kubernetes/roles.yaml",
            "config/systemd/newsbot.service",
            "config/README.md",
        ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_setting_named_is_one_of_the_program(string file)
    {
        var known = KnownSettings();

        var named = SettingInEnvironment()
            .Matches(Read(file))
            .Select(match => match.Value.Replace("__", ":", StringComparison.Ordinal))
            .Where(name => !name.StartsWith("Logging:", StringComparison.Ordinal))
            .ToList();

        Assert.All(named, name => Assert.Contains(name, known));
    }

    [Fact]
    public void Containers_listen_where_others_look_for_them()
    {
        var image = Read("Dockerfile");
        var port = OnePort().Match(image).Groups["port"].Value;
        var newsbot = Documents("config/compose/compose.yml")[0]["services"]["newsbot"];

        Assert.Contains($"EXPOSE {port}\n", image, StringComparison.Ordinal);
        Assert.EndsWith($":{port}", newsbot["ports"][0].ToString(), StringComparison.Ordinal);
        Assert.EndsWith(":/data", newsbot["volumes"][0].ToString(), StringComparison.Ordinal);
        Assert.All(
            Deployments(),
            deployment =>
            {
                var container = Container(deployment);
                Assert.Equal(port, container["ports"][0]["containerPort"].ToString());
                Assert.Equal("/data", container["volumeMounts"][0]["mountPath"].ToString());
            }
        );
    }

    [Fact]
    public async Task What_Kubernetes_asks_is_answered()
    {
        var paths = Deployments()
            .Select(Container)
            .SelectMany(container =>
                new[] { "startupProbe", "livenessProbe", "readinessProbe" }.Select(probe => container[probe])
            )
            .Select(probe => probe["httpGet"]["path"].ToString())
            .Distinct(StringComparer.Ordinal)
            .ToList();
        await using var newsroom = await RunningNewsroom.StartAsync("--Starter:Enabled=false");

        Assert.Equal(["/healthz", "/readyz"], paths);
        foreach (var path in paths)
        {
            using var answer = await newsroom.Http.GetAsync(
                new Uri(path, UriKind.Relative),
                TestContext.Current.CancellationToken
            );
            Assert.True(answer.IsSuccessStatusCode, path);
        }
    }

    [Fact]
    public void A_new_pod_is_ready_before_an_old_one_ends_and_the_old_one_has_time_to()
    {
        Assert.All(
            Deployments(),
            deployment =>
            {
                var spec = deployment["spec"];
                Assert.Equal("0", spec["strategy"]["rollingUpdate"]["maxUnavailable"].ToString());
                var pause = Number(Container(deployment)["lifecycle"]["preStop"]["sleep"]["seconds"]);
                var grace = Number(spec["template"]["spec"]["terminationGracePeriodSeconds"]);
                Assert.InRange(grace, pause + 10, 60);
            }
        );
    }

    [Fact]
    public void What_selects_pods_finds_them()
    {
        var pods = Deployments().Select(deployment => Labels(deployment["spec"]["template"]["metadata"]["labels"]));
        var selectors = Kubernetes()
            .Where(one => one["kind"].ToString() is "Service" or "PodDisruptionBudget" or "Deployment")
            .Select(one => (YamlMappingNode)one["spec"]["selector"])
            .Select(selector =>
                Labels(selector.Children.TryGetValue("matchLabels", out var labels) ? labels : selector)
            );

        Assert.All(selectors, wanted => Assert.Contains(pods, labels => wanted.IsSubsetOf(labels)));
    }

    [Fact]
    public void Grown_apart_each_role_has_its_pods()
    {
        var roles = Documents("config/kubernetes/roles.yaml")
            .Where(IsDeployment)
            .SelectMany(deployment => Container(deployment)["env"][0]["value"].ToString().Split(','));

        Assert.Equal(Roles.Order(StringComparer.Ordinal), roles.Order(StringComparer.Ordinal));
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(Checkout.Root, file));

    private static List<YamlNode> Documents(string file)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Read(file)));
        return [.. yaml.Documents.Select(document => document.RootNode)];
    }

    private static IEnumerable<YamlNode> Kubernetes() =>
        Documents("config/kubernetes/newsbot.yaml").Concat(Documents("config/kubernetes/roles.yaml"));

    private static List<YamlNode> Deployments() => [.. Kubernetes().Where(IsDeployment)];

    private static bool IsDeployment(YamlNode document) => document["kind"].ToString() == "Deployment";

    private static YamlNode Container(YamlNode deployment) => deployment["spec"]["template"]["spec"]["containers"][0];

    private static HashSet<string> Labels(YamlNode labels) =>
        [.. ((YamlMappingNode)labels).Children.Select(label => $"{label.Key}={label.Value}")];

    private static int Number(YamlNode node) => int.Parse(node.ToString(), CultureInfo.InvariantCulture);

    // Held against the options' classes by SettingsExampleTests.
    private static HashSet<string> KnownSettings()
    {
        using var json = JsonDocument.Parse(
            Read("appsettings.example.json"),
            new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip }
        );
        return [.. Below(json.RootElement, "")];
    }

    private static IEnumerable<string> Below(JsonElement element, string path) =>
        element
            .EnumerateObject()
            .SelectMany(property =>
                property.Value.ValueKind is JsonValueKind.Object
                    ? Below(property.Value, $"{path}{property.Name}:")
                    : [$"{path}{property.Name}"]
            );

    [GeneratedRegex("[A-Z][A-Za-z]*(__[A-Z][A-Za-z]+)+", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex SettingInEnvironment();

    [GeneratedRegex("Web__Url=http://0\\.0\\.0\\.0:(?<port>[0-9]+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex OnePort();
}
