# Glassbox for many, in a container: docs/hosting.md says how to run it.
FROM python:3.12-slim-bookworm

RUN apt-get update \
    && apt-get install -y --no-install-recommends haproxy \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir -r requirements.txt
COPY . .
# The app can only be read; its one writable folder is /data.
RUN hosting/prepare.sh \
    && useradd --uid 1000 --home-dir /data --no-create-home glassbox \
    && install -d -o glassbox -g glassbox -m 700 /data

USER glassbox
ENV GLASSBOX_HOME=/data TMPDIR=/data
VOLUME /data
EXPOSE 8501
# The first start compiles, some seconds.
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s CMD ["hosting/healthy.sh"]
CMD ["hosting/start.sh"]
