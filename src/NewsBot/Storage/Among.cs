using System.Data;
using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;
using Npgsql;

namespace NewsBot.Storage;

/// <summary>A list of values for "IN @Name": SQLite takes one parameter for each, PostgreSQL an array.</summary>
/// <typeparam name="T">A number or a text.</typeparam>
/// <param name="values">Any number of them, also none.</param>
internal sealed partial class Among<T>(IEnumerable<T> values) : SqlMapper.ICustomQueryParameter
{
    private readonly T[] _values = [.. values];

    public void AddParameter(IDbCommand command, string name)
    {
        if (command is NpgsqlCommand statement)
        {
            statement.Parameters.Add(new NpgsqlParameter<T[]>(name, _values));
        }
        else
        {
            AddEach(command, name);
        }

#pragma warning disable CA2100 // Only the words around a parameter are changed.
        command.CommandText = List()
            .Replace(
                command.CommandText,
                found =>
                    found.Groups["name"].Value.Equals(name, StringComparison.OrdinalIgnoreCase)
                        ? Text(command, name, isIn: !found.Groups["not"].Success)
                        : found.Value
            );
#pragma warning restore CA2100
    }

    private void AddEach(IDbCommand command, string name)
    {
        for (var i = 0; i < _values.Length; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = NameOf(name, i);
            parameter.Value = _values[i];
            command.Parameters.Add(parameter);
        }
    }

    private string Text(IDbCommand command, string name, bool isIn) =>
        command is NpgsqlCommand
            ? isIn
                ? $"= ANY (@{name})"
                : $"<> ALL (@{name})"
            : $"{(isIn ? "IN" : "NOT IN")} ({string.Join(", ", _values.Select((_, i) => '@' + NameOf(name, i)))})";

    private static string NameOf(string name, int i) => string.Create(CultureInfo.InvariantCulture, $"{name}_{i}");

    [GeneratedRegex(@"\b(?<not>NOT )?IN @(?<name>\w+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex List();
}

/// <summary>Makes lists of values.</summary>
internal static class Among
{
    /// <inheritdoc cref="Among{T}" />
    public static Among<T> Of<T>(IEnumerable<T> values) => new(values);
}
