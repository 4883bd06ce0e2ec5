using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeDiscord.Validation;

/// <summary>The numbers by which the components of a message are told apart.</summary>
internal static class ComponentIds
{
    /// <summary>Gives an id to each component that came without one.</summary>
    public static void Number(JsonArray components, HashSet<long> taken)
    {
        long next = 1;
        Walk(components);

        void Walk(JsonNode? node)
        {
            if (node is JsonArray list)
            {
                foreach (var item in list)
                {
                    Walk(item);
                }
            }
            else if (node is JsonObject component && component["type"] is not null)
            {
                if (component["id"] is null || component["id"]!.ToString() == "0")
                {
                    while (!taken.Add(next))
                    {
                        next++;
                    }

                    component["id"] = next;
                }

                Walk(component["components"]);
                Walk(component["accessory"]);
            }
        }
    }
}
