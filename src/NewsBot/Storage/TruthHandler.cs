using System.Data;
using System.Globalization;
using Dapper;

namespace NewsBot.Storage;

/// <summary>A truth is a number in every table: PostgreSQL takes no boolean where a number stands.</summary>
internal sealed class TruthHandler : SqlMapper.TypeHandler<bool>
{
    /// <summary>Makes Dapper write and read every truth so.</summary>
    public static void Use()
    {
        SqlMapper.RemoveTypeMap(typeof(bool));
        SqlMapper.RemoveTypeMap(typeof(bool?));
        SqlMapper.AddTypeHandler(new TruthHandler());
    }

    public override void SetValue(IDbDataParameter parameter, bool value) => parameter.Value = value ? 1L : 0L;

    // What is asked of SQLite comes as a number, of PostgreSQL as a boolean.
    public override bool Parse(object value) => Convert.ToBoolean(value, CultureInfo.InvariantCulture);
}
