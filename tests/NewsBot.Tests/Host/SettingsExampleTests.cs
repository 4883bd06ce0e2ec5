using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using NewsBot.Core.Feeds;
using NewsBot.Testing;

namespace NewsBot.Tests.Host;

/// <summary>Holds appsettings.example.json and the options classes against each other.</summary>
public sealed class SettingsExampleTests
{
    private static readonly string Example = Path.Combine(Checkout.Root, "appsettings.example.json");

    public static TheoryData<string> Sections => [.. Options().Select(type => SectionOf(type)).Order()];

    [Fact]
    public void Every_setting_stands_in_the_example_and_the_example_knows_no_other()
    {
        var inCode = Options().SelectMany(type => Keys(type).Select(key => $"{SectionOf(type)}:{key.Name}"));

        Assert.Equal(inCode.Order(StringComparer.Ordinal), KeysOfExample().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_setting_of_the_example_has_a_comment_above_it()
    {
        var lines = File.ReadAllLines(Example).Select(line => line.Trim()).ToList();

        var bare = lines
            .Where(
                (line, at) =>
                    line.StartsWith('"')
                    && !line.EndsWith('{')
                    && !lines[at - 1].StartsWith("//", StringComparison.Ordinal)
            )
            .ToList();

        Assert.Empty(bare);
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void The_examples_values_are_the_defaults(string section)
    {
        var type = Options().Single(type => SectionOf(type) == section);
        var defaults = Activator.CreateInstance(type, nonPublic: true)!;
        var bound = Activator.CreateInstance(type, nonPublic: true)!;

        new ConfigurationBuilder()
            .AddJsonFile(Example)
            .Build()
            .GetSection(section)
            .Bind(
                bound,
                binder =>
                {
                    binder.ErrorOnUnknownConfiguration = true;
                }
            );

        foreach (var key in Keys(type))
        {
            Assert.Equal(key.GetValue(defaults), key.GetValue(bound));
        }
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void Settings_with_bounds_are_checked_at_the_start(string section)
    {
        var type = Options().Single(type => SectionOf(type) == section);
        var hasBounds =
            typeof(IValidatableObject).IsAssignableFrom(type)
            || Keys(type).Any(key => key.GetCustomAttributes<ValidationAttribute>().Any());
        var validator = typeof(IValidateOptions<>).MakeGenericType(type);

        Assert.True(
            !hasBounds || type.Assembly.GetTypes().Any(candidate => validator.IsAssignableFrom(candidate)),
            $"{type.Name} has bounds, but nothing implements IValidateOptions<{type.Name}>."
        );
    }

    private static IEnumerable<Type> Options() =>
        new[] { typeof(NewsBotHost).Assembly, typeof(PollingOptions).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type =>
                type.Name.EndsWith("Options", StringComparison.Ordinal) && type.GetField("Section") is not null
            );

    private static string SectionOf(Type type) => (string)type.GetField("Section")!.GetRawConstantValue()!;

    private static IEnumerable<PropertyInfo> Keys(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property =>
                property.SetMethod is { IsPublic: true }
                || (
                    property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(IEnumerable))
                )
            );

    private static IReadOnlyList<string> KeysOfExample()
    {
        using var json = JsonDocument.Parse(
            File.ReadAllText(Example),
            new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip }
        );
        List<string> keys = [];
        Collect(json.RootElement, "", keys);
        return keys;
    }

    private static void Collect(JsonElement element, string path, List<string> keys)
    {
        foreach (var property in element.EnumerateObject())
        {
            var key = path.Length > 0 ? $"{path}:{property.Name}" : property.Name;
            if (property.Value.ValueKind is JsonValueKind.Object)
            {
                Collect(property.Value, key, keys);
            }
            else
            {
                keys.Add(key);
            }
        }
    }
}
