using System.Data.Common;

namespace NewsBot.Storage;

/// <summary>A statement that is run many times in a row: the database reads its text once.</summary>
internal sealed class Statement : IDisposable
{
    private readonly DbCommand _command;

    /// <param name="connection">With its transaction, if any.</param>
    /// <param name="sql">One statement.</param>
    public Statement(DbConnection connection, string sql)
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
            var parameter = _command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = Stored(value);
            _command.Parameters.Add(parameter);
        }
        else
        {
            _command.Parameters[known].Value = Stored(value);
        }

        return this;
    }

    /// <returns>How many rows were changed.</returns>
    public Task<int> RunAsync() => _command.ExecuteNonQueryAsync();

    /// <returns>The one value of the one row.</returns>
    public async Task<long> NumberAsync() => (long)(await _command.ExecuteScalarAsync())!;

    public Task<DbDataReader> ReadAsync(CancellationToken cancellationToken) =>
        _command.ExecuteReaderAsync(cancellationToken);

    public void Dispose() => _command.Dispose();

    // A truth is a number in every table.
    private static object Stored(object? value) =>
        value switch
        {
            null => DBNull.Value,
            bool truth => truth ? 1L : 0L,
            _ => value,
        };
}
