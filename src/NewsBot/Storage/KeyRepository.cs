using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace NewsBot.Storage;

/// <summary>Keeps the keys that protect forms and secrets in the database, so that they outlive a restart and are in the backup.</summary>
internal sealed class KeyRepository(Database database) : IXmlRepository
{
    private const string Save = """
        INSERT INTO data_protection_key (name, xml) VALUES (@Name, @Xml)
        ON CONFLICT (name) DO UPDATE SET xml = excluded.xml
        """;

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = database.Open();
        return
        [
            .. connection.Query<string>("SELECT xml FROM data_protection_key ORDER BY name").Select(XElement.Parse),
        ];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = database.Open();
        connection.Execute(Save, new { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
    }
}
