using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace NewsBot.Clients.Lenient;

/// <summary>
/// Takes a property for missing whose value has another shape than is meant, so that a single odd field does not make a
/// whole message unreadable. Broken JSON stays broken.
/// </summary>
internal static class ForgivingProperties
{
    /// <summary>To be used as a modifier of a type resolver.</summary>
    public static void Apply(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        foreach (var property in type.Properties)
        {
            property.CustomConverter ??= (JsonConverter)
                Activator.CreateInstance(typeof(Forgiving<>).MakeGenericType(property.PropertyType))!;
        }
    }

    private sealed class Forgiving<T> : JsonConverter<T>
    {
        public override bool HandleNull => true;

        public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var start = reader;
            try
            {
                return JsonSerializer.Deserialize<T>(ref reader, options);
            }
            catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
            {
                reader = start;
                reader.Skip();
                return default;
            }
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value, options);
    }
}
