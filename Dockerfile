FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
# Exactly the packages of the lock files.
RUN dotnet publish src/NewsBot/NewsBot.csproj --configuration Release --output /image -p:RestoreLockedMode=true

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /image .
RUN mkdir /data && chown "$APP_UID" /data
USER $APP_UID
VOLUME /data
# Without .NET's diagnostics, and with SQLite's own files there, only /data has to be writable: docker run --read-only.
# Anyone who reaches the port could write in the built-in chat, so it waits until somebody sets a join word.
ENV Web__Url=http://0.0.0.0:8080 \
    Chat__Web__Enabled=false \
    Storage__Folder=/data \
    SQLITE_TMPDIR=/data \
    DOTNET_EnableDiagnostics=0
EXPOSE 8080
# The base image has neither curl nor wget; bash can open a connection by itself.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /healthz HTTP/1.1\\r\\nHost: 127.0.0.1:8080\\r\\nConnection: close\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["dotnet", "newsbot.dll"]
