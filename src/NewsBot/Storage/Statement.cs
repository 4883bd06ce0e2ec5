using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace NewsBot.Storage;

/// <summary>A statement that is run many times in a row: the database reads its text once.</summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand _command;

    /// <param name="connection">With its transaction, if any.</param>
    /// <param name="sql">One statement.</param>
    public Statement(SqliteConnection connection, string sql)
    {
        _command = connection.CreateCommand();
#pragma warning disable CA2100 // The callers' statements are constants of their own; what comes from outside is a parameter.
        _command.CommandText = sql;
#pragma warning restore CA2100
    }

    /// <summary>Sets a parameter; it keeps its value until it is set again.</summary>
    /// <param name="name">With its sign, such as "@Id".</param>
    /// <param name="value">A number, a text, a truth or null.</param>
    public Statement With(string name, object? value)
    {
        var known = _command.Parameters.IndexOf(name);
        if (known < 0)
        {
            _command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }
        else
        {
            _command.Parameters[known].Value = value ?? DBNull.Value;
        }

        return this;
    }

    /// <returns>How many rows were changed.</returns>
    public Task<int> RunAsync() => _command.ExecuteNonQueryAsync();

    /// <returns>The one value of the one row.</returns>
    public async Task<long> NumberAsync() => (long)(await _command.ExecuteScalarAsync())!;

    public async Task<DbDataReader> ReadAsync() => await _command.ExecuteReaderAsync();

    public void Dispose() => _command.Dispose();
}
