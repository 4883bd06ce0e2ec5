using System.Text.Json;
using System.Text.Json.Serialization;

namespace NewsBot.Clients.Lenient;

/// <summary>Leaves out what is null inside lists and maps, so that nobody who walks through them has to look.</summary>
internal sealed class LenientLists : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType
        && (
            typeToConvert.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            || (
                typeToConvert.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)
                && typeToConvert.GenericTypeArguments[0] == typeof(string)
            )
        );

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options)
    {
        var kind =
            typeToConvert.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? typeof(OfList<>) : typeof(OfMap<>);
        return (JsonConverter)Activator.CreateInstance(kind.MakeGenericType(typeToConvert.GenericTypeArguments[^1]))!;
    }

    private sealed class OfList<T> : JsonConverter<IReadOnlyList<T>>
    {
        public override IReadOnlyList<T> Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        )
        {
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                throw new JsonException("A list is expected.");
            }

            var list = new List<T>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (
                    reader.TokenType != JsonTokenType.Null
                    && JsonSerializer.Deserialize<T>(ref reader, options) is { } item
                )
                {
                    list.Add(item);
                }
            }

            return list;
        }

        public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var item in value)
            {
                JsonSerializer.Serialize(writer, item, options);
            }

            writer.WriteEndArray();
        }
    }

    private sealed class OfMap<T> : JsonConverter<IReadOnlyDictionary<string, T>>
    {
        public override IReadOnlyDictionary<string, T> Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        )
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new JsonException("A map is expected.");
            }

            var map = new Dictionary<string, T>(StringComparer.Ordinal);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = reader.GetString()!;
                if (reader.Read() && reader.TokenType != JsonTokenType.Null)
                {
                    map[key] = JsonSerializer.Deserialize<T>(ref reader, options)!;
                }
            }

            return map;
        }

        public override void Write(
            Utf8JsonWriter writer,
            IReadOnlyDictionary<string, T> value,
            JsonSerializerOptions options
        )
        {
            writer.WriteStartObject();
            foreach (var (key, item) in value)
            {
                writer.WritePropertyName(key);
                JsonSerializer.Serialize(writer, item, options);
            }

            writer.WriteEndObject();
        }
    }
}
