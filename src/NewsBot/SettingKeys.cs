using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.Json;
using NewsBot.Core.Text;

namespace NewsBot;

/// <summary>Finds settings nobody reads, and values that are of the wrong kind, before they are silently ignored.</summary>
internal static class SettingKeys
{
    // A longer way than this is no slip of the finger.
    private const int MaxSlips = 2;

    // What the host reads by itself. It also writes “urls” into every provider, from Web:Url.
    private static readonly string[] HostKeys =
    [
        "Logging",
        "AllowedHosts",
        "environment",
        "contentRoot",
        "urls",
        "hostBuilder",
    ];

    /// <returns>One sentence for each problem, naming the key and the remedy; empty where all is well.</returns>
    public static IReadOnlyList<string> Problems(
        IConfiguration configuration,
        IReadOnlyCollection<SettingSection> sections
    )
    {
        List<string> problems = [];
        List<string> roots =
        [
            .. sections.Select(section => section.Path.Split(':')[0]).Distinct(StringComparer.Ordinal),
        ];
        foreach (var key in OwnKeys(configuration).Where(key => !IsOneOf(key, [.. roots, .. HostKeys])))
        {
            problems.Add(Unknown(key, roots));
        }

        foreach (var inner in sections.Where(section => section.Path.Contains(':', StringComparison.Ordinal)))
        {
            var outer = inner.Path[..inner.Path.LastIndexOf(':')];
            List<string> known = [.. sections.Select(section => section.Path).Where(path => IsBelow(path, outer))];
            problems.AddRange(
                configuration
                    .GetSection(outer)
                    .GetChildren()
                    .Where(child => !IsOneOf(child.Path, known))
                    .Select(child => Unknown(child.Path, known))
            );
        }

        foreach (var section in sections)
        {
            CheckObject(configuration.GetSection(section.Path), section.Options, problems);
        }

        return [.. problems.Distinct(StringComparer.Ordinal)];
    }

    // The environment belongs to everybody; the command line and the files are written for us.
    private static IEnumerable<string> OwnKeys(IConfiguration configuration) =>
        configuration is IConfigurationRoot root
            ? root
                .Providers.Where(provider => provider is CommandLineConfigurationProvider or JsonConfigurationProvider)
                .SelectMany(provider => provider.GetChildKeys([], null))
                .Distinct(StringComparer.OrdinalIgnoreCase)
            : [];

    private static void CheckObject(IConfigurationSection section, Type type, List<string> problems)
    {
        // Keys of a dictionary are names that the operator gives.
        if (NamedElement(type) is { } named)
        {
            foreach (var child in section.GetChildren())
            {
                CheckObject(child, named, problems);
            }

            return;
        }

        List<PropertyInfo> properties =
        [
            .. type.GetProperties().Where(property => property.CanWrite || Element(property.PropertyType) is not null),
        ];
        foreach (var child in section.GetChildren())
        {
            if (properties.Find(property => Same(property.Name, child.Key)) is { } property)
            {
                CheckValue(child, property.PropertyType, problems);
            }
            else
            {
                problems.Add(Unknown(child.Path, properties.Select(known => $"{section.Path}:{known.Name}")));
            }
        }
    }

    private static void CheckValue(IConfigurationSection section, Type type, List<string> problems)
    {
        var hasChildren = section.GetChildren().Any();
        if (Element(type) is { } element)
        {
            if (!hasChildren && !string.IsNullOrEmpty(section.Value))
            {
                problems.Add($"{section.Path} is a list; write its first entry as {section.Path}:0.");
            }

            foreach (var entry in section.GetChildren())
            {
                CheckValue(entry, element, problems);
            }
        }
        else if (IsPlain(type))
        {
            if (hasChildren)
            {
                problems.Add($"{section.Path} takes one value, {Kind(type)}.");
            }
            else if (section.Value is { } text && !CanBe(text, type))
            {
                problems.Add($"{section.Path} is “{text}”; write {Kind(type)}.");
            }
        }
        else
        {
            CheckObject(section, type, problems);
        }
    }

    private static bool CanBe(string text, Type type)
    {
        try
        {
            TypeDescriptor.GetConverter(Nullable.GetUnderlyingType(type) ?? type).ConvertFromInvariantString(text);
            return true;
        }
        catch (Exception error)
            when (error is ArgumentException or FormatException or NotSupportedException or OverflowException)
        {
            return false;
        }
    }

    private static string Kind(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain switch
        {
            _ when plain == typeof(bool) => "true or false",
            _ when plain == typeof(TimeSpan) => "a length of time such as 00:05:00",
            { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(plain))}",
            _ when plain == typeof(string) => "a text",
            _ => "a number",
        };
    }

    private static string Unknown(string key, IEnumerable<string> known)
    {
        List<string> candidates = [.. known];
        return EditDistance.Nearest(key, candidates, MaxSlips) is { } meant
            ? $"{key} is no setting of NewsBot. Did you mean {meant}?"
            : $"{key} is no setting of NewsBot. There are {string.Join(", ", candidates)}; remove it or correct its name.";
    }

    private static Type? Element(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IList<>) ? type.GetGenericArguments()[0] : null;

    private static Type? NamedElement(Type type) =>
        type.BaseType is { IsGenericType: true } parent && parent.GetGenericTypeDefinition() == typeof(Dictionary<,>)
            ? parent.GetGenericArguments()[1]
            : null;

    private static bool IsPlain(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain.IsPrimitive || plain.IsEnum || plain == typeof(string) || plain == typeof(TimeSpan);
    }

    private static bool IsBelow(string path, string outer) =>
        path.StartsWith($"{outer}:", StringComparison.OrdinalIgnoreCase);

    private static bool IsOneOf(string key, IEnumerable<string> keys) => keys.Any(known => Same(known, key));

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
