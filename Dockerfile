# syntax=docker/dockerfile:1
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
RUN python -m venv /opt/venv
COPY requirements.lock ./
RUN /opt/venv/bin/pip install --require-hashes --requirement requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY knowledge ./knowledge
COPY handlers ./handlers
COPY bot ./bot
RUN /opt/venv/bin/pip install --no-deps --no-build-isolation . \
    && /opt/venv/bin/pip uninstall --yes hatchling editables pip
# The tables of the dossier are worked out here, once: in service this folder is read-only.
RUN /opt/venv/bin/syria-desk ask help >/dev/null

FROM python:3.11-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PORT=3000
RUN useradd --system --uid 10001 --create-home --home-dir /srv/desk desk \
    && install --directory --owner desk --group desk /srv/desk/var
COPY --from=build /opt/venv /opt/venv
WORKDIR /srv/desk
USER 10001
VOLUME ["/srv/desk/var"]
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=3s --start-period=10s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/healthz', timeout=2)"]
ENTRYPOINT ["syria-desk"]
CMD ["run"]
