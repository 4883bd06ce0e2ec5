using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace NewsBot.Web.Api;

/// <summary>What /openapi/v1.json says beyond what the routes say by themselves.</summary>
internal static class ApiDescription
{
    private const string Token = "token";

    public static IServiceCollection AddApiDescription(this IServiceCollection services) =>
        services.AddOpenApi(description =>
        {
            description.ShouldInclude = route =>
                route.HttpMethod != HttpMethods.Head
                && route.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
            description.AddDocumentTransformer(
                (document, _, _) =>
                {
                    Introduce(document);
                    return Task.CompletedTask;
                }
            );
            description.AddOperationTransformer(
                (operation, context, _) =>
                {
                    Describe(operation, context);
                    return Task.CompletedTask;
                }
            );
            description.AddSchemaTransformer(
                (schema, context, _) =>
                {
                    Narrow(schema, context.JsonTypeInfo, context.JsonPropertyInfo);
                    return Task.CompletedTask;
                }
            );
        });

    private static void Introduce(OpenApiDocument document)
    {
        document.Info.Title = "NewsBot";
        document.Info.Version = "v1";
        document.Info.Description =
            "Channels, messages, stories and comments of a newsroom. Ids are opaque strings. Lists give at most 200 at once; "
            + "pass “next” as “after” for the following page. Errors are problem details (RFC 9457).";
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes[Token] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description =
                "A token of Chat:Web:ApiTokens or of “/news token create”. Not needed while only this machine can reach the server: then “author” is believed.",
        };
    }

    private static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            switch (parameter.Name)
            {
                case "limit":
                    parameter.Description = "How many at most; more than 200 is taken as 200.";
                    parameter.Schema = new OpenApiSchema
                    {
                        Type = JsonSchemaType.Integer,
                        Minimum = "1",
                        Maximum = "200",
                        Default = ApiQuery.DefaultLimit,
                    };
                    break;
                case "after":
                    parameter.Description = "The “next” of the page before; left out for the first page.";
                    break;
                case "order":
                    parameter.Description = "Depth first with the replies below what they answer, or by number.";
                    parameter.Schema = Texts("thread", "time");
                    break;
                case "q":
                    parameter.Description =
                        "Words that have to stand in the headline or summary, in any case and with or without accents.";
                    break;
                case "author":
                    parameter.Description = "Who deletes; believed only while no token is needed.";
                    break;
                case "Idempotency-Key":
                    parameter.Description =
                        "Your name for this message, at most 200 characters: sent again with the same body it gives the same message.";
                    break;
            }
        }

        if (context.Description.HttpMethod != HttpMethods.Get)
        {
            operation.Security =
            [
                new OpenApiSecurityRequirement(),
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Token, context.Document)] = [] },
            ];
        }
    }

    private static void Narrow(OpenApiSchema schema, JsonTypeInfo type, JsonPropertyInfo? property)
    {
        if (property is null && type.Type == typeof(ApiMessageDraft))
        {
            schema.Required = new HashSet<string>(StringComparer.Ordinal) { "text" };
        }

        if (property is not null && Values(property) is { } values)
        {
            schema.Enum = values;
        }
    }

    private static List<JsonNode>? Values(JsonPropertyInfo property) =>
        (property.DeclaringType.Name, property.Name) switch
        {
            (nameof(ApiChannel), "platform") or (nameof(ApiOrigin), "platform") => ["web", "discord", "slack"],
            (nameof(ApiMemberSince), "kind") => ["joined", "firstSeen"],
            (nameof(ApiComment), "state") => ["visible", "deleted", "hidden"],
            _ => null,
        };

    private static OpenApiSchema Texts(params string[] values) =>
        new() { Type = JsonSchemaType.String, Enum = [.. values.Select(value => JsonValue.Create(value))] };
}
